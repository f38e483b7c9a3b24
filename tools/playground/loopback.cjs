// Loaded before the Playground: it listens on this machine alone, and nothing it calls leaves this machine.
'use strict';
const net = require('node:net');

const HERE = '127.0.0.1';
const isHere = (host) => !host || host === 'localhost' || host === '::1' || /^127\./.test(host);

// The Playground has no setting for the address it listens on; without this it would be every interface.
const listen = net.Server.prototype.listen;
net.Server.prototype.listen = function listenHere(...given) {
  const [first, ...rest] = given;
  if (first !== null && typeof first === 'object' && first.port !== undefined) {
    return listen.call(this, { ...first, host: HERE }, ...rest);
  }
  if (typeof first === 'number' || /^\d+$/.test(String(first))) {
    const callback = rest.find((one) => typeof one === 'function');
    return listen.call(this, { port: Number(first), host: HERE }, callback);
  }
  return listen.apply(this, given);
};

// Telemetry is switched off by its own switches (start.sh); this holds even if a switch is renamed.
const connect = net.Socket.prototype.connect;
net.Socket.prototype.connect = function connectHere(...given) {
  const first = Array.isArray(given[0]) ? given[0][0] : given[0];
  const host = first !== null && typeof first === 'object' ? first.host : given[1];
  if (typeof host === 'string' && !isHere(host)) {
    process.nextTick(() => this.destroy(new Error(`not on this machine: ${host}`)));
    return this;
  }
  return connect.apply(this, given);
};
