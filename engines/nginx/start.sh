# nginx: not part of the demo. It answers `return 200` for the bench that compares our HTTP edge with it; video in (RTMP) and
# HLS out move in here when flows F-04 and F-13 are built.
prepare() {
  mkdir -p "$dir/tmp"
  cat >"$dir/nginx.conf" <<C
daemon off;
worker_processes 1;
pid $dir/pid;
error_log stderr warn;
events { worker_connections 512; }
http {
  access_log off;
  client_body_temp_path $dir/tmp/body;
  proxy_temp_path $dir/tmp/proxy;
  fastcgi_temp_path $dir/tmp/fastcgi;
  uwsgi_temp_path $dir/tmp/uwsgi;
  scgi_temp_path $dir/tmp/scgi;
  server {
    listen 127.0.0.1:$PORT_NGINX;
    location / { return 200 "ok\n"; }
  }
}
C
}
argv() { printf '%s\n' /usr/sbin/nginx -p "$dir" -e stderr -c "$dir/nginx.conf"; }
ready() { [ "$(curl -fs -m 2 "http://127.0.0.1:$PORT_NGINX/")" = ok ]; }
