import './ui/app.css'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { overlayCommands } from './app/palette-state.ts'
import { router } from './app/routes.tsx'
import { shellCommands } from './app/shell-commands.ts'
import { registerCommands, startCommandKeys } from './kernel/commands.ts'
import { startTheme } from './kernel/theme.ts'
import { queryClient } from './kernel/trpc.ts'

startTheme()
startCommandKeys()
registerCommands([...overlayCommands, ...shellCommands])

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no element with the id "root".')

createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <RouterProvider router={router} />
    </QueryClientProvider>
  </StrictMode>,
)
