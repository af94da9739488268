/** Tasks to start from; good ones need more than one pair of hands. */
export const exampleTasks = [
  { label: 'Compare vendors', task: 'Compare three vendors for the launch and say which one we should sign.' },
  {
    label: 'Plan a launch',
    task: 'Plan the launch in four weeks: who does what, in which order, and what could go wrong.',
  },
  { label: 'Summarise risks', task: 'List the five biggest risks of the project, each with a first step against it.' },
] as const
