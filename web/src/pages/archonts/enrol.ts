// What is typed on a device that shall become a hub's agent. Pure.

export const labelRule = /^[a-z0-9][a-z0-9-]{0,62}$/;

/** The token's file, readable by nobody else, then the agent, which trades it for a certificate and removes it. */
export const enrolCommand = (token: string): string => ['umask 077', `printf '%s\\n' '${token}' > hub.token`, 'vss archont --config archont.toml'].join('\n');

/** The part of archont.toml that belongs to this. */
export const enrolOptions = (origin: string): string => ['[server]', `api = "${origin}"`, '[hub]', 'token_file = "hub.token"'].join('\n');
