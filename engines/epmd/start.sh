# epmd: Erlang's port mapper, private to this checkout. RabbitMQ would start one itself and leave it behind.
prepare() { :; }
argv() { printf '%s\n' /usr/bin/epmd -port "$PORT_EPMD" -address 127.0.0.1; }
ready() { ERL_EPMD_PORT=$PORT_EPMD epmd -port "$PORT_EPMD" -names >/dev/null; }
