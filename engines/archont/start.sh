# archont-auto, archont-mf, archont-ls: `vss archont`, the agents of the three local hubs. Configuration: tools/hubs.
grace=20

prepare() {
  [ -x "$VSS_BIN" ] || { echo "the program $VSS_BIN is not built" && return 1; }
  [ -f "$VSS_VAR/config/$name.toml" ] || { echo "no $VSS_VAR/config/$name.toml: the hub is not enrolled" && return 1; }
}
argv() { printf '%s\n' "$VSS_BIN" archont --config "$VSS_VAR/config/$name.toml"; }
ready() { # it lives and has come further than its first second
  local pid
  read -r pid <"$VSS_VAR/run/$name.pid"
  [ -e "/proc/$pid" ] && [ $(($(date +%s) - $(stat -c %Y "$VSS_VAR/run/$name.pid"))) -ge 1 ]
}
