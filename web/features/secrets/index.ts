export { SecretsSection } from './secrets-section.tsx'
