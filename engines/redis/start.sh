# redis: rebuildable things only (queue streams between servers, presence, rate limits). Unix socket, no TCP port.
prepare() {
  cat >"$dir/redis.conf" <<C
port 0
unixsocket $VSS_VAR/run/redis.sock
unixsocketperm 700
dir $dir
appendonly yes
appendfsync everysec
save ""
daemonize no
maxmemory 256mb
maxmemory-policy noeviction
C
}
argv() { printf '%s\n' redis-server "$dir/redis.conf"; }
ready() { [ "$(timeout 2 redis-cli -s "$VSS_VAR/run/redis.sock" ping 2>/dev/null)" = PONG ]; }
