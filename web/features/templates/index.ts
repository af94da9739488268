export { askTemplates } from './ask.ts'
export { downloadOrg } from './download-org.ts'
export { TemplateParts } from './template-parts.tsx'
