# The image of a worker: ParallelLauncher on PATH, the worker, and Python with Optuna.
#   dotnet publish -c Release        # in a clone; fills dist/
#   docker build -f docs/kubernetes-worker.Dockerfile -t registry.example/hpo:1 . && docker push registry.example/hpo:1
FROM mcr.microsoft.com/dotnet/aspnet:10.0

# Optuna runs in this Python, for workers in C# as well: they need its shared library, which libpython3-dev brings. PyMySQL serves
# scripts in Python whose storage is mysql+pymysql://.
RUN apt-get update \
    && apt-get install -y --no-install-recommends python3 python3-venv libpython3-dev libgomp1 \
    && rm -rf /var/lib/apt/lists/* \
    && python3 -m venv /opt/python \
    && /opt/python/bin/pip install --no-cache-dir optuna cmaes scipy PyMySQL cryptography
ENV PATH=/opt/python/bin:$PATH

# The launcher, which is the agent in each pod, and the worker. Yours takes the place of NativeTrainer.
COPY dist/lib/ParallelLauncher /opt/hpo/ParallelLauncher
COPY dist/lib/NativeTrainer /opt/hpo/NativeTrainer
RUN ln -s /opt/hpo/ParallelLauncher/ParallelLauncher /opt/hpo/NativeTrainer/NativeTrainer /usr/local/bin/

# Not root. The file of the agent's plan belongs to a group that each pod has (its fsGroup), so that any user of an image can read it.
RUN useradd --uid 1001 --create-home --home-dir /srv/hpo hpo
USER 1001
WORKDIR /srv/hpo
