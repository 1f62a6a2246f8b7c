# carrier-a, carrier-b: simulated carriers (SIPp). behaviour.conf says what they do with which number; every call is written down in
# $dir/calls.log, the carriers' own book, which tests and the demo count. Address and port are plain configuration.
grace=2

where() {
  case $name in
  *-b) address=127.0.0.4 port=$PORT_CARRIER_B ;;
  *) address=127.0.0.3 port=$PORT_CARRIER_A ;;
  esac
}

prepare() {
  local here=$engines/carrier
  where
  "$here/sounds" "$dir"
  clang-19 -O2 -Wall -Wextra -Werror -shared -fPIC "$here/keys.c" -o "$dir/keys.so"
  "$here/scenario" "${VSS_CARRIER_BEHAVIOUR:-$here/behaviour.conf}" "${name##*-}" "$dir/voice.alaw" "$dir/keys" >"$dir/scenario.xml"
  touch "$dir/calls.log"
}

argv() {
  where
  printf '%s\n' /usr/bin/env "LD_PRELOAD=$dir/keys.so" /usr/bin/sipp -sf "$dir/scenario.xml" -i "$address" -p "$port" -mi "$address" -mp $((VSS_PORT_BASE + 2000)) \
    -nostdin -f 86400 -aa -timer_resol 10 -rtp_threadtasks 200 -recv_timeout 700000 -max_socket 4000 \
    -trace_logs -log_file "$dir/calls.log" -log_overwrite false -trace_err -error_file "$dir/errors.log" -error_overwrite true
}

ready() {
  local answer
  where
  exec 4<>"/dev/udp/$address/$port"
  printf 'OPTIONS sip:ready@%s SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1:9;rport;branch=z9hG4bK%s%s\r\nFrom: <sip:ready@ready>;tag=1\r\nTo: <sip:ready@%s>\r\nCall-ID: ready-%s%s\r\nCSeq: 1 OPTIONS\r\nMax-Forwards: 1\r\nContent-Length: 0\r\n\r\n' \
    "$address" $RANDOM $RANDOM "$address" $RANDOM $RANDOM | cat >&4
  answer=$(timeout 1 head -n 1 <&4) && [[ $answer == "SIP/2.0 200"* ]]
}
