import { countRenders } from './count-renders.ts'

// Before React is there, or it would not tell.
if (new URLSearchParams(location.search).get('mode') === 'count') countRenders()
