namespace Hpo.NativeTrainer.Data;

/// <summary>
/// Fashion-MNIST (Zalando Research, MIT licence): 60,000 images of clothing to train on and 10,000 to test with, 28 × 28
/// pixels, ten classes.
/// </summary>
internal static class FashionMnist
{
    /// <summary>Loads it.</summary>
    public static IdxImageSource Source { get; } = new(
        name: "fashion",
        title: "Fashion-MNIST",
        classNames:
            ["T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"],
        checksums: new Dictionary<string, string>
        {
            ["train-images-idx3-ubyte"] = "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888",
            ["train-labels-idx1-ubyte"] = "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9",
            ["t10k-images-idx3-ubyte"] = "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b",
            ["t10k-labels-idx1-ubyte"] = "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34",
        },
        folderName: "fashion-mnist",
        systemFolder: "/usr/share/datasets/fashion-mnist",
        howToGet: "On Debian: apt-get install dataset-fashion-mnist, which scripts/setup does too.");
}
