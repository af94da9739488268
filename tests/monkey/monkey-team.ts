/** Enough to drag and to write in, few enough to be on one screen. */
export const monkeyTeam: Record<string, string> = {
  'org.yaml': `name: Monkey house
description: A team that is used at random.
defaults: { runtime: native, model: rehearsal, tier: 2 }
workspaces:
  - name: Keeper
    role: Leads.
    files_dir: keeper
    max_concurrent_tasks: 3
    children:
      - { name: Gibbon, role: Swings. }
      - name: Baboon
        role: Shouts.
        children:
          - { name: Mandrill, role: Shows colours. }
          - { name: Drill, role: Digs. }
      - { name: Lemur, role: Leaps. }
      - { name: Tarsier, role: Watches. }
`,
  'keeper/system-prompt.md': '# Keeper\n\nYou keep the house.\n',
}
