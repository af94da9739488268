import net from 'node:net'

/** Loaded into every Node the stand-in starts: a server that listens is told, as the real container tells it. */
const { STAND_IN } = process.env
const listen = net.Server.prototype.listen
net.Server.prototype.listen = function (...args) {
  this.once('listening', () => {
    const { port } = this.address()
    fetch(`${STAND_IN}/listening`, { method: 'POST', body: JSON.stringify([port, `http://127.0.0.1:${port}`]) })
  })
  return listen.apply(this, args)
}
