# kamailio: the SIP edge. What it does and what it speaks: README.md. It needs no database: start.sh and the server copy the
# views of schema `sip` into files (engines/kamailio/snapshot), and the edge reads only those.
grace=5

prepare() {
  local here modules key name realm=vss.local life sum
  here=$engines/kamailio
  modules=$(echo /usr/lib/*/kamailio/modules)
  [ -d "$modules" ] || { echo "kamailio: its modules are not installed" && return 1; }
  mkdir -p "$dir/run"
  for name in dnc_key edge_key; do # made with the other secrets; a stack of an older day gets them here
    key=$VSS_VAR/secrets/$name
    [ -s "$key" ] || { openssl rand -hex 32 | tr -d '\n' >"$key.new.$$" && mv "$key.new.$$" "$key"; }
  done
  "$here/snapshot" || echo "kamailio: starts with the tables it already has"
  rm -f "$dir/unread"
  "$here/usrloc" "$dir/usrloc.sqlite"
  life=$(openssl rand -hex 4)
  {
    echo "#!KAMAILIO"
    [ "${VSS_SIP_TLS:-no}" = yes ] && echo "#!define WITH_TLS"
    tail -n +2 "$here/kamailio.cfg.in" | sed \
      -e "s|@EDGE_RE@|${VSS_EDGE_IP:-127.0.0.1}|g" -e "s|@REALM_RE@|${realm//./[.]}|g" \
      -e "s|@EDGE_IP@|${VSS_EDGE_IP:-127.0.0.1}|g" -e "s|@MEDIA_IP@|${VSS_MEDIA_IP:-127.0.0.2}|g" -e "s|@REALM@|$realm|g" \
      -e "s|@PORT_SIP@|$PORT_SIP|g" -e "s|@PORT_SIP_TLS@|$((VSS_PORT_BASE + 63))|g" -e "s|@PORT_EVAPI@|$PORT_EVAPI|g" \
      -e "s|@PORT_KAM_HTTP@|$PORT_KAM_HTTP|g" -e "s|@PORT_AST_SIP@|$PORT_AST_SIP|g" -e "s|@DIR@|$dir|g" \
      -e "s|@MODULES@|$modules/|g" -e "s|@LIFE@|$life|g" -e "s|@KNOCKS@|${VSS_SIP_KNOCKS:-1000}|g" \
      -e "s|@EDGE_KEY@|$(secret edge_key)|g" -e "s|@DNC_KEY@|$(secret dnc_key)|g"
  } >"$dir/kamailio.cfg"
  if grep -n '@[A-Z_]\+@' "$dir/kamailio.cfg"; then echo "kamailio: a placeholder was not filled" && return 1; fi
  sed -e "s|@DIR@|$dir|g" -e "s|@CA@|${VSS_SIP_CA:-/etc/ssl/certs/ca-certificates.crt}|g" -e "s|@VAR@|$VSS_VAR|g" \
    "$here/tls.cfg.in" >"$dir/tls.cfg"
  # Looked at once for each version of the template. A forgotten failure_route is only a warning to Kamailio and would silently
  # switch failover off.
  sum=$(cat "$here/kamailio.cfg.in" "$here/start.sh" | sha256sum)
  [ "$sum" = "$(cat "$dir/checked" 2>/dev/null)" ] && return 0
  if ! kamailio -c -E -f "$dir/kamailio.cfg" -Y "$dir/run" >"$dir/check.log" 2>&1 || grep -q 'non existing\|empty/non' "$dir/check.log"; then
    grep -m 3 -i 'error\|non existing\|critical' "$dir/check.log"
    echo "kamailio: its configuration does not hold"
    return 1
  fi
  echo "$sum" >"$dir/checked"
}

# Memory follows the do-not-call list: shared for its entries, twice while it is read anew; private for the rows on their way.
argv() {
  local rows
  rows=$(python3 -c 'import sqlite3, sys; print(sqlite3.connect(sys.argv[1]).execute("select sum(lines) from content").fetchone()[0] or 0)' "$dir/tables.sqlite")
  printf '%s\n' /usr/sbin/kamailio -DD -E -f "$dir/kamailio.cfg" -Y "$dir/run" -w "$dir/run" -P "$dir/run/kamailio.pid" \
    -m "${VSS_SIP_SHM:-$((160 + rows / 1500))}" -M $((64 + rows / 500))
}

# one datagram out, one in: the edge answers OPTIONS to anybody
ready() {
  local answer edge=${VSS_EDGE_IP:-127.0.0.1}
  exec 4<>"/dev/udp/$edge/$PORT_SIP"
  printf 'OPTIONS sip:ready@%s SIP/2.0\r\nVia: SIP/2.0/UDP %s:9;rport;branch=z9hG4bK%s%s\r\nFrom: <sip:ready@%s>;tag=1\r\nTo: <sip:ready@%s>\r\nCall-ID: ready-%s%s\r\nCSeq: 1 OPTIONS\r\nMax-Forwards: 1\r\nContent-Length: 0\r\n\r\n' \
    "$edge" "$edge" $RANDOM $RANDOM "$edge" "$edge" $RANDOM $RANDOM | cat >&4
  answer=$(timeout 1 head -n 1 <&4) && [[ $answer == "SIP/2.0 200"* ]]
}
