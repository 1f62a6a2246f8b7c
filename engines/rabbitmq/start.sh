# rabbitmq: one private node. vhost, user and password are made at its first start from secrets/amqp_password.
grace=30
again=3 # a stop that arrives while Erlang boots is lost

prepare() {
  export HOME=$dir/home
  mkdir -p "$HOME" "$dir/mnesia"
  [ -f "$HOME/.erlang.cookie" ] || { openssl rand -hex 20 >"$HOME/.erlang.cookie" && chmod 400 "$HOME/.erlang.cookie"; }
  cat >"$dir/rabbitmq.conf" <<C
listeners.tcp.1 = 127.0.0.1:$PORT_AMQP
default_vhost = vss
default_user = vss
default_pass = $(secret amqp_password)
log.console = true
log.console.level = info
log.file = false
heartbeat = 20
vm_memory_high_watermark.absolute = 512MiB
disk_free_limit.absolute = 500MB
C
  echo '[].' >"$dir/enabled_plugins"
  echo '[].' >"$dir/advanced.config"
  : >"$dir/env.conf"
  # RABBITMQ_ALLOW_INPUT makes the start script exec erl, so that the guard owns the node and not a shell around it.
  export ERL_EPMD_PORT=$PORT_EPMD ERL_EPMD_ADDRESS=127.0.0.1 RABBITMQ_CONF_ENV_FILE=$dir/env.conf \
    RABBITMQ_NODENAME=vss$PORT_AMQP@localhost RABBITMQ_CONFIG_FILE=$dir/rabbitmq.conf \
    RABBITMQ_ADVANCED_CONFIG_FILE=$dir/advanced.config RABBITMQ_ENABLED_PLUGINS_FILE=$dir/enabled_plugins \
    RABBITMQ_MNESIA_BASE=$dir/mnesia RABBITMQ_LOG_BASE=$dir RABBITMQ_LOGS=- RABBITMQ_DIST_PORT=$PORT_DIST \
    RABBITMQ_PID_FILE=$dir/pid RABBITMQ_ALLOW_INPUT=1
  export RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS="-noinput -start_epmd false +sbwt none +sbwtdcpu none +sbwtdio none \
-kernel inet_dist_use_interface {127,0,0,1}"
  wait_for 10 epmd -port "$PORT_EPMD" -names >/dev/null || { echo "epmd does not answer on port $PORT_EPMD" && return 1; }
}
argv() { echo /usr/lib/rabbitmq/bin/rabbitmq-server; }

# Any answer to a protocol header we do not mean (0-9-1 with a bad tail makes it send its own) or a method frame: it is up.
ready() {
  tcp "$PORT_AMQP"
  printf 'AMQP\x00\x00\x09\x01' >&3
  [ "$(timeout 2 head -c 1 <&3 | od -An -tx1)" = " 01" ]
}
