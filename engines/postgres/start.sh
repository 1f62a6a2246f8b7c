# postgres: the only truth. Owner role `vss` by peer over the socket (no password exists); role `kamailio` by password over
# the socket; hub roles by password over TLS on 127.0.0.1. Superuser `postgres` by peer, for this folder's own chores.
stop_signal=INT
grace=30
pg_bin=/usr/lib/postgresql/15/bin

prepare() {
  if [ ! -f "$dir/made" ]; then
    rm -rf "$dir"
    "$pg_bin/initdb" -D "$dir" -U postgres -E UTF8 --locale=C.UTF-8 --data-checksums --auth-local=peer \
      --auth-host=scram-sha-256 --no-sync --no-instructions
    touch "$dir/made"
  fi
  # who may come in: the engine's own user and root stand for both roles; TLS is for hubs only
  {
    for user in $(printf '%s\n' "$(id -un)" root | sort -u); do printf 'here %s postgres\nhere %s vss\n' "$user" "$user"; done
  } >"$dir/pg_ident.conf"
  cat >"$dir/pg_hba.conf" <<C
local   all       postgres                peer map=here
local   all       vss                     peer map=here
local   all       kamailio                scram-sha-256
hostssl all       postgres,vss,kamailio   127.0.0.1/32  reject
hostssl all       all                     127.0.0.1/32  scram-sha-256
C
  cat >"$dir/postgresql.auto.conf" <<C
listen_addresses = '127.0.0.1'
port = $PORT_PG
unix_socket_directories = '$VSS_VAR/run'
unix_socket_permissions = 0700
ssl = on
ssl_cert_file = '$VSS_VAR/ca/server.crt'
ssl_key_file = '$VSS_VAR/ca/server.key'
ssl_min_protocol_version = 'TLSv1.2'
password_encryption = 'scram-sha-256'
max_connections = 200
shared_buffers = '128MB'
max_wal_size = '1GB'
checkpoint_timeout = '5min'
wal_compression = 'lz4'
jit = off
log_line_prefix = '%m [%p] %q%u@%d '
timezone = 'UTC'
log_timezone = 'UTC'
C
}
argv() { printf '%s\n' "$pg_bin/postgres" -D "$dir"; }
ready() { "$pg_bin/pg_isready" -q -t 2 -h "$VSS_VAR/run" -p "$PORT_PG" -U postgres -d postgres; }
