using MySqlConnector;

namespace Hpo.Interop.Tables.MySql;

/// <summary>Optuna's tables: created where they are missing, and checked.</summary>
internal static class Schema
{
    /// <summary>The revision up to Optuna 3.1.</summary>
    public const string BeforeStudyIndex = "v3.0.0.d";

    /// <summary>The revision from Optuna 3.2 on, which has an index more.</summary>
    public const string WithStudyIndex = "v3.2.0.a";

    /// <summary>The revision given for tables that were made before there were revisions.</summary>
    public const string NoRevision = "none";

    private const int NoSuchTable = 1146;
    private const int LockSeconds = 60;
    private const int Version = 12;

    // Optuna's names are compared character by character, whatever the database's default is.
    private const string Collation = "DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin";

    private static readonly string[] OwnedByStudy =
    [
        "study_system_attributes(study_system_attribute_id INTEGER NOT NULL AUTO_INCREMENT, study_id INTEGER, " +
        "`key` VARCHAR(512), value_json TEXT, PRIMARY KEY (study_system_attribute_id), UNIQUE (study_id, `key`), ",
        "study_user_attributes(study_user_attribute_id INTEGER NOT NULL AUTO_INCREMENT, study_id INTEGER, " +
        "`key` VARCHAR(512), value_json TEXT, PRIMARY KEY (study_user_attribute_id), UNIQUE (study_id, `key`), ",
        "study_directions(study_direction_id INTEGER NOT NULL AUTO_INCREMENT, " +
        "direction ENUM('NOT_SET','MINIMIZE','MAXIMIZE') NOT NULL, study_id INTEGER NOT NULL, objective INTEGER NOT NULL, " +
        "PRIMARY KEY (study_direction_id), UNIQUE (study_id, objective), ",
        "trials(trial_id INTEGER NOT NULL AUTO_INCREMENT, number INTEGER, study_id INTEGER, " +
        "state ENUM('RUNNING','COMPLETE','PRUNED','FAIL','WAITING') NOT NULL, datetime_start DATETIME, " +
        "datetime_complete DATETIME, PRIMARY KEY (trial_id), ",
    ];

    private static readonly string[] OwnedByTrial =
    [
        "trial_user_attributes(trial_user_attribute_id INTEGER NOT NULL AUTO_INCREMENT, trial_id INTEGER, " +
        "`key` VARCHAR(512), value_json TEXT, PRIMARY KEY (trial_user_attribute_id), UNIQUE (trial_id, `key`), ",
        "trial_system_attributes(trial_system_attribute_id INTEGER NOT NULL AUTO_INCREMENT, trial_id INTEGER, " +
        "`key` VARCHAR(512), value_json TEXT, PRIMARY KEY (trial_system_attribute_id), UNIQUE (trial_id, `key`), ",
        "trial_params(param_id INTEGER NOT NULL AUTO_INCREMENT, trial_id INTEGER, param_name VARCHAR(512), " +
        "param_value FLOAT(53), distribution_json TEXT, PRIMARY KEY (param_id), UNIQUE (trial_id, param_name), ",
        "trial_values(trial_value_id INTEGER NOT NULL AUTO_INCREMENT, trial_id INTEGER NOT NULL, objective INTEGER NOT NULL, " +
        "value FLOAT(53), value_type ENUM('FINITE','INF_POS','INF_NEG') NOT NULL, PRIMARY KEY (trial_value_id), " +
        "UNIQUE (trial_id, objective), ",
        "trial_intermediate_values(trial_intermediate_value_id INTEGER NOT NULL AUTO_INCREMENT, trial_id INTEGER NOT NULL, " +
        "step INTEGER NOT NULL, intermediate_value FLOAT(53), " +
        "intermediate_value_type ENUM('FINITE','INF_POS','INF_NEG','NAN') NOT NULL, " +
        "PRIMARY KEY (trial_intermediate_value_id), UNIQUE (trial_id, step), ",
        "trial_heartbeats(trial_heartbeat_id INTEGER NOT NULL AUTO_INCREMENT, trial_id INTEGER NOT NULL, " +
        "heartbeat DATETIME NOT NULL, PRIMARY KEY (trial_heartbeat_id), UNIQUE (trial_id), ",
    ];

    /// <summary>Creates what is missing.</summary>
    /// <returns>The revision that the database has, and the version of Optuna that made it.</returns>
    public static (string Revision, string Library) Ensure(MySqlSession session, string revision, string library)
    {
        if (TryRead(session) is { } known) return known;
        string name = $"hpo:schema:{session.Database}";
        name = name.Length <= 64 ? name : name[..64];
        session.Scalar("SELECT GET_LOCK(@name, @seconds)", ("name", name), ("seconds", LockSeconds));
        if (TryRead(session) is not { } made)
        {
            Create(session, revision, library);
            made = TryRead(session) ?? (NoRevision, library);
        }

        // Where something failed before, the session is closed, and the lock goes with it.
        session.Scalar("SELECT RELEASE_LOCK(@name)", ("name", name));
        return made;
    }

    /// <summary>The revision, or null where a table or its row is missing.</summary>
    private static (string, string)? TryRead(MySqlSession session)
    {
        try
        {
            List<(string, string)> found = session.Rows(
                row => (row.GetString(0), row.Text(1) ?? "?"),
                "SELECT a.version_num, v.library_version FROM alembic_version a, version_info v");
            return found.Count == 0 ? null : found[0];
        }
        catch (MySqlException error) when (error.Number == NoSuchTable)
        {
            return null;
        }
    }

    private static void Create(MySqlSession session, string revision, string library)
    {
        string studyIndex = revision == BeforeStudyIndex ? "" : "INDEX trials_study_id_key (study_id), ";
        IEnumerable<string> tables =
        [
            "studies(study_id INTEGER NOT NULL AUTO_INCREMENT, study_name VARCHAR(512) NOT NULL, PRIMARY KEY (study_id), " +
            "UNIQUE INDEX ix_studies_study_name (study_name))",
            "version_info(version_info_id INTEGER NOT NULL, schema_version INTEGER, library_version VARCHAR(256), " +
            "PRIMARY KEY (version_info_id), CHECK (version_info_id=1))",
            .. OwnedByStudy.Select(table =>
                table + (table.StartsWith("trials(", StringComparison.Ordinal) ? studyIndex : "") +
                "FOREIGN KEY(study_id) REFERENCES studies (study_id))"),
            .. OwnedByTrial.Select(table => table + "FOREIGN KEY(trial_id) REFERENCES trials (trial_id))"),
            "alembic_version(version_num VARCHAR(32) NOT NULL, CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))",
        ];
        session.Execute(string.Join(';', tables.Select(table => $"CREATE TABLE IF NOT EXISTS {table} {Collation}")));
        session.Execute(
            "INSERT IGNORE INTO version_info (version_info_id, schema_version, library_version) VALUES (1, @version, @library)",
            ("version", Version), ("library", library));
        // A database that is older than the table of revisions is not one that this creates.
        session.Execute(
            "INSERT INTO alembic_version (version_num) SELECT @revision FROM version_info " +
            "WHERE schema_version = @version AND NOT EXISTS (SELECT 1 FROM alembic_version)",
            ("revision", revision), ("version", Version));
    }
}
