export { askTemplates } from './ask.ts'
export { TemplateParts } from './template-parts.tsx'
