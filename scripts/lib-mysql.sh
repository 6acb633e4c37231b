# The private database server of start-mysql, stop-mysql and demo. Everything of a server lies in its own directory:
# data/ (the tables), server.pid, server.log, lock.

# Sets `home`, the server's directory, from the arguments [--data DIR].
parse_data_option() {
    home=$root/.hpo/mysql
    while (($#)); do
        case $1 in
            --data) (($# > 1)) || die_usage "--data needs a directory."; home=$2; shift 2 ;;
            --data=*) home=${1#--data=}; shift ;;
            -h | --help) print_usage ;;
            *) die_usage "unknown argument '$1'. Usage: $(sed -n '2s/^# //p' "$0")" ;;
        esac
    done
    [[ -n $home ]] || die_usage "--data needs a directory."
    home=$(realpath -m -- "$home")
}

# One start or stop at a time for one directory; the lock ends with the script.
lock_home() {
    mkdir -p "$home"
    exec 9>"$home/lock"
    flock --timeout 120 9 || die "another start or stop holds $home/lock for two minutes."
}

server_arguments() { { tr '\0' '\n' <"/proc/$1/cmdline"; } 2>/dev/null; }

# Whether process $1 is the server of directory $2. Its pid alone may belong to another process by now, and a zombie, which
# has ended, has no command line.
is_server() { server_arguments "$1" | grep -Fxq -- "--datadir=$2/data"; }

# Whether the server with pid $1 of directory $2 still holds its files: at its end it loses its command line first.
holds_files() {
    is_server "$1" "$2" && return
    [[ -z $(server_arguments "$1") ]] && runs "$1"
}

# Prints the pid of the server of directory $1; fails when none runs.
server_pid() {
    local pid
    pid=$(cat "$1/server.pid" 2>/dev/null) && [[ $pid =~ ^[0-9]+$ ]] && is_server "$pid" "$1" && echo "$pid"
}

server_port() { server_arguments "$1" | sed -n 's/^--port=//p'; }
