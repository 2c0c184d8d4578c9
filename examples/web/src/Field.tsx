import type { InputHTMLAttributes } from 'react'

export interface FieldProps extends InputHTMLAttributes<HTMLInputElement> {
  label: string
  name: string
  /** Takes the whole row. */
  wide?: boolean
}

/** A labelled input. */
export const Field = ({ label, wide, ...input }: FieldProps) => (
  <label className={wide ? 'field wide' : 'field'}>
    <span>{label}</span>
    <input {...input} />
  </label>
)
