/** A party and the one it hands work to. */
export function LogoMark({ size = 22 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 24 24" role="img" aria-label="Delegraph" className="shrink-0 text-fg">
      <rect width="24" height="24" rx="6" fill="currentColor" />
      <g className="text-surface">
        <circle cx="11" cy="11" r="5.25" fill="none" stroke="currentColor" strokeWidth="2.5" />
        <circle cx="16.25" cy="16.25" r="2.75" fill="currentColor" />
      </g>
    </svg>
  )
}
