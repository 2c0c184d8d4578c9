import { describe, expect, it } from 'vitest'
import { attributeVital } from './attributeVital.ts'

const entry = (fields: object) => ({ startTime: 100, duration: 48, ...fields }) as unknown as PerformanceEntry

describe('attributeVital', () => {
  it('names the largest element by selector and by its sanitized URL', () => {
    const picture = document.createElement('img')
    picture.className = 'hero'
    const url = 'https://shop.example/prints/ferry.png?session=s3cr3t'
    expect(attributeVital('LCP', [entry({ element: picture, url })])).toEqual({
      target: 'img.hero',
      url: 'https://shop.example/prints/ferry.png',
    })
  })

  it('still names the picture when the view that held it is gone', () => {
    expect(attributeVital('LCP', [entry({ element: null, url: '/prints/ferry.png' })])).toEqual({
      url: '/prints/ferry.png',
    })
  })

  it('leaves out the URL of text', () => {
    expect(attributeVital('LCP', [entry({ element: document.createElement('h1'), url: '' })])).toEqual({
      target: 'h1',
    })
  })

  it('splits an interaction into its phases', () => {
    expect(
      attributeVital('INP', [
        entry({ name: 'click', processingStart: 110, processingEnd: 130, target: null }),
      ]),
    ).toEqual({ eventType: 'click', inputDelayMs: 10, processingMs: 20, presentationDelayMs: 18 })
  })

  it('has nothing to say without entries', () => {
    expect(attributeVital('CLS', [])).toBeUndefined()
  })
})
