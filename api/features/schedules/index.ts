export { fireDue } from './fire-due.ts'
