export { NotifySection } from './notify-section.tsx'
