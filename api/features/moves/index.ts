export { checkMoves } from './check-moves.ts'
