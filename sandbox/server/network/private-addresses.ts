import { BlockList, isIP } from 'node:net'

/**
 * Is this the address of a machine nobody outside should be sent to: this one, its network, the cloud's metadata, or a
 * tunnel to any of them? False for names; those are asked about once they are looked up.
 */
export function isPrivateAddress(address: string): boolean {
  const version = isIP(address)
  return version !== 0 && privateAddresses.check(address, version === 6 ? 'ipv6' : 'ipv4')
}

const privateAddresses = new BlockList()
for (const [net, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  // Relays into tunnels, taken out of use.
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 3],
] as const)
  privateAddresses.addSubnet(net, bits, 'ipv4')
for (const [net, bits] of [
  // This machine, and addresses that carry an IPv4 address.
  ['::', 96],
  ['64:ff9b::', 96],
  ['64:ff9b:1::', 48],
  // Tunnels that carry an IPv4 address within.
  ['2001::', 32],
  ['2002::', 16],
  // Segments within one network.
  ['5f00::', 16],
  ['fc00::', 7],
  ['fe80::', 10],
  ['fec0::', 10],
  ['ff00::', 8],
] as const)
  privateAddresses.addSubnet(net, bits, 'ipv6')
