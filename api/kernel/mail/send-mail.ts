import { createTransport, type Transporter } from 'nodemailer'
import { AppError } from '#shared/kernel/app-error.ts'

export type Mail = { to: string; subject: string; text: string }

let transport: { url: string; transporter: Transporter } | undefined

/** Without it links are shown to who asks for them, or printed by the command line. */
export function isMailConfigured(): boolean {
  return Boolean(process.env.DELEGRAPH_SMTP_URL)
}

/** Sends by the server of `DELEGRAPH_SMTP_URL`, as `DELEGRAPH_MAIL_FROM`. Throws `unavailable` when it does not take the mail. */
export async function sendMail({ to, subject, text }: Mail): Promise<void> {
  const { DELEGRAPH_SMTP_URL: url, DELEGRAPH_MAIL_FROM: from } = process.env
  if (!url) {
    throw new AppError('unavailable', 'This server sends no mail.', {
      fix: 'Set DELEGRAPH_SMTP_URL and start it again.',
    })
  }
  try {
    await transporterOf(url).sendMail({ from: from || `Delegraph <${defaultFrom(url)}>`, to, subject, text })
  } catch (cause) {
    throw new AppError('unavailable', 'The mail server did not take the mail.', {
      fix: 'Try again; if it fails again, the operator should check DELEGRAPH_SMTP_URL.',
      cause,
    })
  }
}

function transporterOf(url: string): Transporter {
  if (transport?.url !== url) {
    const timeouts = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 20_000 }
    const { hostname, port, protocol, username, password } = new URL(url)
    const secure = protocol === 'smtps:'
    const auth = username ? { user: decodeURIComponent(username), pass: decodeURIComponent(password) } : undefined
    const transporter = createTransport({
      ...{ host: hostname, port: Number(port) || (secure ? 465 : 587), secure, ...timeouts },
      ...(auth && { auth }),
      // A text never makes it read a file or fetch an address.
      ...{ disableFileAccess: true, disableUrlAccess: true },
    })
    transport = { url, transporter }
  }
  return transport.transporter
}

function defaultFrom(url: string): string {
  return `delegraph@${new URL(url).hostname}`
}
