# server, server2: `vss server`, the four modules. Its configuration is rendered by tools/config.
grace=30

prepare() {
  [ -x "$VSS_BIN" ] || { echo "the program $VSS_BIN is not built" && return 1; }
  [ -f "$VSS_VAR/config/$name.toml" ] || { echo "no $VSS_VAR/config/$name.toml" && return 1; }
}
argv() { printf '%s\n' "$VSS_BIN" server --config "$VSS_VAR/config/$name.toml" --name "$name"; }
ready() {
  local port=$PORT_API
  [ "$name" = server ] || port=$PORT_API2
  curl -fs -m 2 -o "$VSS_VAR/run/$name.ready" "http://127.0.0.1:$port/readyz"
}
