import { z } from 'zod'

export const passwordLength = { min: 12, max: 128 } as const

/** As it is kept: people type their address with capitals and spaces around. */
export const Email = z.string().trim().toLowerCase().max(254).pipe(z.email())

export const NewPassword = z.string().min(passwordLength.min).max(passwordLength.max)

export const PersonName = z.string().trim().min(1).max(80)
