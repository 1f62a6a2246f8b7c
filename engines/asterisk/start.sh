# asterisk: the media anchor. Asterisk 22 from its engine root ($VSS_ASTERISK), unprivileged, without chroot. Every module, endpoint
# and extension it has is in etc/; @NAMES@ there are filled in here. Who may speak to it and what the dialplan promises: README.md.
grace=5

prepare() {
  local here=$engines/asterisk root=$VSS_ASTERISK file prompts=$VSS_CACHE/prompts
  [ -x "$root/usr/sbin/asterisk" ] || { echo "asterisk: no engine root in $root (tools/engine-root makes it)" && return 1; }
  [ -s "$VSS_VAR/secrets/edge_key" ] || { echo "asterisk: secrets/edge_key is missing; kamailio's first start makes it" && return 1; }
  if [ ! -s "$prompts/ru/welcome.alaw" ]; then prompts=$dir/prompts && "$here/prompts" "$here/prompts.txt" "$prompts"; fi
  rm -rf "$dir/etc" "$dir/run"
  mkdir -p "$dir"/{etc,lib/keys,spool,log,run,data/sounds}
  for file in documentation rest-api; do ln -sfn "$root/usr/share/asterisk/$file" "$dir/data/$file"; done
  ln -sfn "$prompts" "$dir/data/sounds/vss"
  for file in "$here"/etc/*.conf; do
    sed -e "s|@DIR@|$dir|g" -e "s|@ROOT@|$root|g" -e "s|@MEDIA_IP@|${VSS_MEDIA_IP:-127.0.0.2}|g" \
      -e "s|@EDGE_IP@|${VSS_EDGE_IP:-127.0.0.1}|g" -e "s|@PORT_SIP@|$PORT_SIP|g" -e "s|@PORT_AST_SIP@|$PORT_AST_SIP|g" \
      -e "s|@PORT_ARI@|$PORT_ARI|g" -e "s|@RTP_FIRST@|$((VSS_PORT_BASE + 2000))|g" -e "s|@RTP_LAST@|$((VSS_PORT_BASE + 3999))|g" \
      -e "s|@LANGUAGE@|${VSS_PROMPTS:-ru}|g" -e "s|@EDGE_KEY@|$(secret edge_key)|g" -e "s|@ARI_PASSWORD@|$(secret ari_password)|g" \
      "$file" >"$dir/etc/${file##*/}"
  done
  # files that modules insist on finding
  for file in acl ccss codecs dnsmgr extconfig features indications musiconhold pjproject sorcery stasis udptl cdr cel websocket_client; do
    [ -f "$dir/etc/$file.conf" ] || : >"$dir/etc/$file.conf"
  done
  printf 'machine %s login vss password %s\n' "${VSS_MEDIA_IP:-127.0.0.2}" "$(secret ari_password)" >"$dir/netrc"
}

argv() { printf '%s\n' "$VSS_ASTERISK/exec" usr/sbin/asterisk -f -C "$dir/etc/asterisk.conf"; }

# the port is open long before ARI serves: only its answer counts
ready() { curl -fs -m 2 --netrc-file "$dir/netrc" "http://${VSS_MEDIA_IP:-127.0.0.2}:$PORT_ARI/ari/asterisk/info" | grep -q '"build"'; }
