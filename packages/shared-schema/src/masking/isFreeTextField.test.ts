import { describe, expect, it } from 'vitest'
import { isFreeTextField } from './isFreeTextField.ts'

describe('isFreeTextField', () => {
  it.each([
    { name: 'notes' },
    { name: 'deliveryNotes' },
    { id: 'order-comment' },
    { type: 'text', label: 'Notes for the courier' },
    { name: 'bemerkungen' },
    { label: 'Votre message' },
    { label: 'Observaciones' },
    { label: 'Opmerkingen' },
  ])('%o invites prose', (field) => {
    expect(isFreeTextField(field)).toBe(true)
  })

  it.each([
    {},
    { name: 'quantity' },
    { name: 'coupon' },
    { name: 'notebookSize' },
    { name: 'noteworthy' },
    { type: 'number', name: 'notes' },
    { type: 'checkbox', name: 'messages' },
    { name: 'search' },
  ])('%o does not', (field) => {
    expect(isFreeTextField(field)).toBe(false)
  })
})
