using Hpo.Interop.Samplers;
using Hpo.Interop.Storages;

namespace Hpo.Interop.Tests.Storages;

/// <summary>Studies in a Redis server.</summary>
public sealed class JournalRedisStorageTests(RedisServer server) : IClassFixture<RedisServer>
{
    [Fact]
    public void A_study_is_kept_and_loaded_again()
    {
        server.Require();
        var options = new StudyOptions
        {
            Name = "kept",
            Storage = new JournalRedisStorage(server.Url) { Prefix = "tests:" },
            Sampler = new RandomSampler { Seed = 1 },
        };
        using (Study study = Study.Create(options)) study.Optimize(trial => trial.SuggestFloat("x", 0, 1), 3);

        using Study loaded = Study.Load("kept", new JournalRedisStorage(server.Url) { Prefix = "tests:" });
        loaded.Trials.Should().HaveCount(3);
        Study.GetAllStudyNames(new JournalRedisStorage(server.Url)).Should().BeEmpty("the prefix is another one");
    }

    [Fact]
    public void A_url_is_shown_without_its_password() =>
        new JournalRedisStorage("redis://user:secret@host:6379/0").ToString().Should().Contain("host:6379").And.NotContain("secret");
}
