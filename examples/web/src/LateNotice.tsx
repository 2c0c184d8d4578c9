import { useEffect, useState } from 'react'

const DELAY_MS = 700

/** Arrives late and pushes the page down, as such banners do: a real layout shift for CLS to find. */
export const LateNotice = () => {
  const [shown, setShown] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setShown(true), DELAY_MS)
    return () => clearTimeout(timer)
  }, [])
  if (!shown) return null
  return <p className="notice">Free shipping to nowhere in particular, this week only.</p>
}
