import { expect, test } from 'vitest'
import { isHostAllowed, readAllowedHost } from './allowed-host.ts'

test('a host is a name and a port; 443 is meant when none is said', () => {
  expect(readAllowedHost('Packages.Example.org')).toEqual({ host: 'packages.example.org', port: 443 })
  expect(readAllowedHost('localhost:8080')).toEqual({ host: 'localhost', port: 8080 })
  for (const wrong of [
    '127.0.0.1',
    '10.0.0.1:80',
    '[::1]:80',
    'https://a.org',
    'a.org/x',
    '*',
    '*.org',
    'a b',
    'a:0',
    'a:70000',
    '-a.org',
  ])
    expect(readAllowedHost(wrong), wrong).toBeUndefined()
})

test('a star means the names below, the port must be the same, and a dot at the end changes nothing', () => {
  const allowed = [
    { host: 'api.example.org', port: 443 },
    { host: '*.cdn.example.org', port: 443 },
  ]
  expect(isHostAllowed(allowed, 'API.example.org.', 443)).toBe(true)
  expect(isHostAllowed(allowed, 'a.b.cdn.example.org', 443)).toBe(true)
  for (const [host, port] of [
    ['api.example.org', 80],
    ['cdn.example.org', 443],
    ['evilcdn.example.org', 443],
    ['api.example.org.evil.org', 443],
  ] as const)
    expect(isHostAllowed(allowed, host, port), host).toBe(false)
})
