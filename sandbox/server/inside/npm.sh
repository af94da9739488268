#!/bin/sh
# Says at once what would else end in minutes of waiting: packages come from a registry, and whom this sandbox may reach is
# known.
case "$1" in
install | i | in | ci | add | update | up | exec | x | create | init)
  registry=$(sed -n 's/^ *registry *= *//p' .npmrc 2>/dev/null | tail -n 1)
  : "${registry:=https://registry.npmjs.org/}"
  host=${registry#*://}
  host=${host%%/*}
  case "$host" in
  *:*) ;;
  *) case "$registry" in http://*) host=$host:80 ;; *) host=$host:443 ;; esac ;;
  esac
  case " $DELEGRAPH_HOSTS " in
  *" $host "*) ;;
  *)
    echo "npm $1 needs the registry, which this sandbox may not reach. Add $host to the hosts it may reach; everything else of the project runs without it." >&2
    exit 69
    ;;
  esac
  ;;
esac
exec /opt/node/bin/node /opt/node/lib/npm/bin/npm-cli.js "$@"
