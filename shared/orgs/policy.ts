import type { Policy } from './permission.ts'

export const orgsPolicy = {
  'orgs.read': { lowest: 'viewer', to: 'see the organisation' },
  'orgs.stop': { lowest: 'manager', to: 'stop and start the organisation' },
  'orgs.freeze': { lowest: 'manager', to: 'freeze and unfreeze the organisation' },
  'orgs.rename': { lowest: 'admin', to: 'rename the organisation' },
  'orgs.contact-policy.write': { lowest: 'admin', to: 'change who may talk to whom' },
  'orgs.rehearsal.switch': { lowest: 'admin', to: 'switch between rehearsal and real models' },
  'orgs.transfer': { lowest: 'owner', to: 'hand the organisation to somebody else', inPerson: true },
  'orgs.delete': { lowest: 'owner', to: 'delete the organisation', inPerson: true },
} as const satisfies Policy<'orgs'>

export const peoplePolicy = {
  'people.read': { lowest: 'viewer', to: 'see who is in the organisation' },
  'people.invite': { lowest: 'admin', to: 'invite people', inPerson: true },
  'people.change-role': { lowest: 'admin', to: "change people's roles", inPerson: true },
  'people.remove': { lowest: 'admin', to: 'remove people', inPerson: true },
  'people.leave': { lowest: 'viewer', to: 'leave the organisation', inPerson: true },
} as const satisfies Policy<'people'>
