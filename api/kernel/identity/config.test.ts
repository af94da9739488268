import { expect, test } from 'vitest'
import { readIdentityConfig } from './config.ts'

const closed = { publicUrl: null, isSignUpOpen: false, oidc: null }

test('by default only this machine is listened to, nobody signs up, and no other provider is asked', () => {
  for (const host of ['127.0.0.1', 'localhost', '::1']) expect(readIdentityConfig({}, host)).toEqual(closed)
})

test('others are let in only by a public https address', () => {
  expect(() => readIdentityConfig({}, '0.0.0.0')).toThrow(/would let others in/)
  for (const url of [
    'http://graph.example',
    'https://graph.example/path',
    'graph.example',
    'https://me@graph.example',
  ]) {
    expect(() => readIdentityConfig({ DELEGRAPH_PUBLIC_URL: url }, '0.0.0.0'), url).toThrow(/DELEGRAPH_PUBLIC_URL/)
  }
  const { publicUrl } = readIdentityConfig({ DELEGRAPH_PUBLIC_URL: 'https://graph.example' }, '0.0.0.0')
  expect(publicUrl?.origin).toBe('https://graph.example')
})

test('a server that others reach refuses to start with sign-up open, unless that is said twice', () => {
  const open = { DELEGRAPH_SIGN_UP: 'open' }
  const reachable = { ...open, DELEGRAPH_PUBLIC_URL: 'https://graph.example' }
  expect(readIdentityConfig(open, '127.0.0.1').isSignUpOpen).toBe(true)
  expect(() => readIdentityConfig(reachable, '0.0.0.0')).toThrow(/could make an account/)
  // Behind a proxy it listens on loopback and is reachable all the same.
  expect(() => readIdentityConfig(reachable, '127.0.0.1')).toThrow(/could make an account/)
  expect(() => readIdentityConfig({ ...reachable, DELEGRAPH_SIGN_UP_PUBLIC: 'true' }, '0.0.0.0')).toThrow()
  expect(readIdentityConfig({ ...reachable, DELEGRAPH_SIGN_UP_PUBLIC: 'yes' }, '0.0.0.0').isSignUpOpen).toBe(true)
  expect(() => readIdentityConfig({ DELEGRAPH_SIGN_UP: 'yes' }, '127.0.0.1')).toThrow(/cannot be yes/)
})

test('another provider is configured whole, by https, or not at all', () => {
  const whole = {
    DELEGRAPH_OIDC_ISSUER: 'https://id.example/realm',
    DELEGRAPH_OIDC_CLIENT_ID: 'me',
    DELEGRAPH_OIDC_CLIENT_SECRET: 'secret',
  }
  expect(readIdentityConfig(whole, '127.0.0.1').oidc).toMatchObject({ name: 'id.example', clientId: 'me' })
  const { DELEGRAPH_OIDC_CLIENT_SECRET: _, ...partly } = whole
  expect(() => readIdentityConfig(partly, '127.0.0.1')).toThrow(/in part/)
  expect(() => readIdentityConfig({ ...whole, DELEGRAPH_OIDC_ISSUER: 'http://id.example' }, '127.0.0.1')).toThrow(
    /https/,
  )
})
