import { type LucideIcon, Pause, Play, Snowflake, Sun } from 'lucide-react'
import type { ControlVerb } from './control.ts'

export const controlIcons: Record<ControlVerb, LucideIcon> = {
  pause: Pause,
  resume: Play,
  freeze: Snowflake,
  unfreeze: Sun,
}
