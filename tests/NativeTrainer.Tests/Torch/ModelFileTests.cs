using System.Buffers.Binary;
using System.Text;
using Hpo.NativeTrainer.Data;
using Hpo.NativeTrainer.Torch;
using Hpo.Tests;
using TorchSharp;
using static TorchSharp.torch;

namespace Hpo.NativeTrainer.Tests.Torch;

public sealed class ModelFileTests : IDisposable
{
    private static readonly FashionCnnOptions Shape = new() { Features = 20, Activation = Activation.ELU, BatchNorm = true };

    private readonly TemporaryFolder _folder = new();
    private readonly string _file;

    public ModelFileTests()
    {
        TorchLibrary.EnsureLoaded();
        _file = _folder.File("model.safetensors");
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_loaded_network_recognises_what_the_saved_one_did()
    {
        using DisposeScope scope = NewDisposeScope();
        using FashionCnn saved = Saved();
        Tensor images = torch.rand(5, 1, 28, 28);

        (FashionCnn loaded, ModelDescription description) = ModelFile.Load(_file);

        description.Should().Be(Description);
        loaded.training.Should().BeFalse();
        loaded.call(images).equal(saved.call(images)).all().ToBoolean().Should().BeTrue();
    }

    [Fact]
    public async Task Python_reads_the_weights_by_their_names_in_PyTorch()
    {
        using FashionCnn saved = Saved();

        string text = await PythonOracle.RunAsync(
            """
            import json, struct, sys, numpy
            data = open(sys.argv[1], "rb").read()
            length, = struct.unpack_from("<Q", data)
            header = json.loads(data[8:8 + length])
            begin, end = header["linear3.bias"]["data_offsets"]
            print(sorted(name for name in header if not name.startswith("__")))
            print(numpy.frombuffer(data[8 + length:][begin:end], dtype="<f4").tolist())
            """,
            _file);

        string[] lines = text.Split('\n');
        lines[0].Should().Be("['conv1.bias', 'conv1.weight', 'conv2.bias', 'conv2.weight', 'linear1.bias', 'linear1.weight', " +
            "'linear2.bias', 'linear2.weight', 'linear3.bias', 'linear3.weight', 'norm1.bias', 'norm1.num_batches_tracked', " +
            "'norm1.running_mean', 'norm1.running_var', 'norm1.weight', 'norm2.bias', 'norm2.num_batches_tracked', " +
            "'norm2.running_mean', 'norm2.running_var', 'norm2.weight']");
        double[] bias = System.Text.Json.JsonSerializer.Deserialize<double[]>(lines[1])!;
        bias.Should().Equal(saved.state_dict()["linear3.bias"].data<float>().ToArray().Select(value => (double)value));
    }

    [Fact]
    public void A_missing_file_is_told() => Loading("is not").WithMessage("*cannot be read*");

    [Theory]
    [InlineData(0, "too short")]
    [InlineData(100, "no safetensors file")]
    [InlineData(-5, "damaged or incomplete")]
    public void A_truncated_file_is_told(int length, string message)
    {
        Saved().Dispose();
        byte[] whole = File.ReadAllBytes(_file);
        File.WriteAllBytes(_file, whole[..(length >= 0 ? length : whole.Length + length)]);

        Loading(_file).WithMessage($"*{message}*train --save*");
    }

    [Theory]
    [InlineData("as Python's package orders them", "sorted(names, key=lambda n: (-sizes[header[n]['dtype']], n))")]
    [InlineData("in reverse", "names[::-1]")]
    [InlineData("with other padding and more metadata", "names", 64)]
    public async Task A_file_that_was_saved_again_loads(string how, string order, int padding = 8)
    {
        using DisposeScope scope = NewDisposeScope();
        using FashionCnn saved = Saved();
        await SaveAgainAsync(order, padding: padding);

        (FashionCnn loaded, ModelDescription description) = ModelFile.Load(_file);

        description.Should().Be(Description, how);
        foreach ((string name, Tensor weight) in saved.state_dict())
            loaded.state_dict()[name].equal(weight).all().ToBoolean().Should().BeTrue(name);
    }

    [Fact]
    public async Task Weights_of_another_type_are_told_with_it_and_not_as_damage()
    {
        Saved().Dispose();
        await SaveAgainAsync("names", type: "F16");
        Loading(_file).WithMessage("*tensor conv1.weight is F16 ?32, 1, 3, 3?, not F32*").Which.Message.Should().NotContain("damaged");
    }

    [Fact]
    public async Task A_file_of_an_earlier_version_loads()
    {
        using DisposeScope scope = NewDisposeScope();
        using FashionCnn saved = Saved();
        await SaveAgainAsync("names", checksum: "metadata['sha256'] = hashlib.sha256(b''.join(blocks)).hexdigest(); del metadata['sha256_by_name']");
        ModelFile.Load(_file).Description.Should().Be(Description);

        await SaveAgainAsync("names", checksum: "metadata['sha256'] = '0' * 64");
        Loading(_file).WithMessage("*damaged or incomplete*");
    }

    // As another program does: it keeps tensors by their names, and the metadata.
    private Task SaveAgainAsync(string order, int padding = 8, string type = "F32", string checksum = "metadata['note'] = 'mine'") => PythonOracle.RunAsync(
        $$"""
        import hashlib, json, struct, sys, numpy
        data = open(sys.argv[1], "rb").read()
        length, = struct.unpack_from("<Q", data)
        header, body = json.loads(data[8:8 + length]), data[8 + length:]
        metadata, sizes = header.pop("__metadata__"), {"F32": 4, "I64": 8}
        names, blocks, end = list(header), [], 0
        entries = {"__metadata__": metadata}
        for name in {{order}}:
            block = body[slice(*header[name]["data_offsets"])]
            if header[name]["dtype"] == "F32" and sys.argv[2] == "F16":
                block, header[name]["dtype"] = numpy.frombuffer(block, "<f4").astype("<f2").tobytes(), "F16"
            blocks.append(block)
            entries[name] = {**header[name], "data_offsets": [end, end + len(block)]}
            end += len(block)
        {{checksum}}
        text = json.dumps(entries).encode()
        text += b" " * (-len(text) % {{padding}})
        open(sys.argv[1], "wb").write(struct.pack("<Q", len(text)) + text + b"".join(blocks))
        """,
        _file, type);

    [Fact]
    public void A_changed_weight_is_told()
    {
        Saved().Dispose();
        byte[] whole = File.ReadAllBytes(_file);
        whole[^1000] ^= 1;
        File.WriteAllBytes(_file, whole);

        Loading(_file).WithMessage("*damaged or incomplete*");
    }

    [Theory]
    [InlineData("""{"a":1}""", "does not say which network")]
    [InlineData("""[]""", "no JSON object")]
    [InlineData("""nonsense""", "not JSON")]
    [InlineData("""{"__metadata__":{"hpo":"{\"data\":\"fashion\",\"network\":{\"features\":0},\"training\":{}}"}}""", "Features")]
    [InlineData("""{"__metadata__":{"hpo":"{\"data\":\"fashion\",\"network\":{},\"training\":{}}"}}""", "has no tensor conv1")]
    public void Another_file_of_the_format_is_told(string header, string message)
    {
        byte[] json = Encoding.UTF8.GetBytes(header);
        byte[] length = new byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)json.Length);
        File.WriteAllBytes(_file, [.. length, .. json]);

        Loading(_file).WithMessage($"*{message}*");
    }

    [Fact]
    public void Weights_of_another_shape_are_told_with_their_name()
    {
        using (FashionCnn other = FashionCnn.Create(new FashionCnnOptions { Features = 21 }, 0, CPU))
            ModelFile.Save(_file, other, Description);

        Loading(_file).WithMessage("*tensor linear2.weight is F32 [21, 600], not F32 [20, 600]*");
    }

    private static ModelDescription Description => new("fashion", Shape, new TrainingOptions { Epochs = 3 }, 0.5);

    private FluentAssertions.Specialized.ExceptionAssertions<DataFileException> Loading(string file)
    {
        Action load = () => ModelFile.Load(file);
        return load.Should().Throw<DataFileException>();
    }

    private FashionCnn Saved()
    {
        FashionCnn network = FashionCnn.Create(Shape, seed: 1, CPU);
        network.eval();
        ModelFile.Save(_file, network, Description);
        return network;
    }
}
