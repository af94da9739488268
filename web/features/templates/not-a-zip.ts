/** Why a .zip cannot be read. */
export class NotAZip extends Error {
  constructor(message = 'The .zip is damaged or not complete.') {
    super(message)
  }
}
