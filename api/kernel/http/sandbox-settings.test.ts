import { expect, test } from 'vitest'
import { framesOf, sandboxSettings } from './sandbox-settings.ts'

test('another company’s runtime is framed only where the server is told to', () => {
  expect(sandboxSettings({})).toEqual({ webContainers: null })
  expect(sandboxSettings({ DELEGRAPH_WEBCONTAINERS: 'off' })).toEqual({ webContainers: null })
  expect(framesOf(sandboxSettings({}))).toEqual([])
})

test('on means the vendor’s host, an address one’s own', () => {
  const vendors = sandboxSettings({ DELEGRAPH_WEBCONTAINERS: 'on', DELEGRAPH_WEBCONTAINERS_CLIENT_ID: 'wc_1' })
  expect(vendors).toEqual({ webContainers: { hostUrl: 'https://stackblitz.com', clientId: 'wc_1' } })
  expect(framesOf(vendors)[0]).toBe('https://stackblitz.com')
  const own = sandboxSettings({ DELEGRAPH_WEBCONTAINERS: 'https://containers.example.com/x' })
  expect(framesOf(own)).toEqual(['https://containers.example.com'])
})
