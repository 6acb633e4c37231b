using System.Buffers.Binary;
using Microsoft.Data.Sqlite;

namespace Hpo.ParallelLauncher.Tests;

/// <summary>Does to SQLite files what happens to them in the world.</summary>
internal static class SqliteFiles
{
    // "If the write version is greater than 2, the file can be read but not written": also by root, whom no mode stops.
    private const int WriteVersionOffset = 18;
    private const byte UnknownVersion = 3;
    private const int ChangeCounterOffset = 24;

    /// <summary>Makes SQLite refuse every change of a file, for everybody.</summary>
    /// <remarks>Nobody else writes meanwhile: a transaction that is under way would write the old version back. The counter tells open
    /// connections that they have to read the version again.</remarks>
    public static void MakeReadOnly(string path)
    {
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "BEGIN EXCLUSIVE";
        command.ExecuteNonQuery();

        // The lock goes when this file is closed, as all of a process's locks of a file do.
        using FileStream file = File.Open(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        file.Position = WriteVersionOffset;
        file.WriteByte(UnknownVersion);
        byte[] counter = new byte[sizeof(uint)];
        file.Position = ChangeCounterOffset;
        file.ReadExactly(counter);
        BinaryPrimitives.WriteUInt32BigEndian(counter, unchecked(BinaryPrimitives.ReadUInt32BigEndian(counter) + 1));
        file.Position = ChangeCounterOffset;
        file.Write(counter);
    }
}
