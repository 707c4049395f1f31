import { useState } from 'preact/hooks'
import { fill } from '../../../text/fill.ts'
import { Button } from '../../../ui/Button.tsx'
import { ButtonLink } from '../../../ui/ButtonLink.tsx'
import { ErrorSummary } from '../../../ui/ErrorSummary.tsx'
import { SelectField } from '../../../ui/SelectField.tsx'
import { TextField } from '../../../ui/TextField.tsx'
import { mostWeight, parseWeight, type WeightProblem } from '../weight-play.ts'
import {
  oneDecimal,
  presetStates,
  weightField,
  weightsAddress,
  weightsPath,
  type WeightsProps,
  type WeightsState,
} from './weights-state.ts'

/** Takes a new state over at once; null where a script does not run: the form is sent instead. */
export type OnChange = ((state: WeightsState) => void) | null

interface Props extends WeightsProps {
  onChange: OnChange
  /** Slug of the city that typed words mean; undefined while none does, or the cities are not loaded. */
  findCity?: (text: string) => string | undefined
}

function problemText({ texts, names }: Props, problem: WeightProblem): string {
  return problem.kind === 'zero' ? texts['zero']! : fill(texts['invalid'], { area: names[problem.area]!, most: mostWeight })
}

/** A slider that follows the field beside it; drawn only where a script moves both. */
function Slider({ area, props, onChange }: { area: string; props: Props; onChange: NonNullable<OnChange> }) {
  const { state, names, texts } = props
  const weight = parseWeight(state.typed[area]!) ?? 0
  return (
    <input
      class="weight-slider"
      type="range"
      min="0"
      max={mostWeight}
      step="1"
      value={weight}
      aria-label={fill(texts['slider'], { area: names[area]! })}
      onInput={({ currentTarget }) => onChange({ ...state, typed: { ...state.typed, [area]: currentTarget.value } })}
    />
  )
}

function WeightRow({ area, share, props }: { area: string; share: string; props: Props }) {
  const { state, names, problems, onChange } = props
  const problem = problems.find((each) => each.kind === 'weight' && each.area === area)
  return (
    <div class="weight-row">
      <TextField
        name={weightField(area)}
        label={names[area]}
        width="short"
        inputMode="decimal"
        autoComplete="off"
        value={state.typed[area]}
        error={problem && problemText(props, problem)}
        describedBy={`${weightField(area)}-share`}
        onInput={onChange ? (value) => onChange({ ...state, typed: { ...state.typed, [area]: value } }) : undefined}
      />
      {onChange && <Slider area={area} props={props} onChange={onChange} />}
      <p class="weight-share number" id={`${weightField(area)}-share`}>
        {share}
      </p>
    </div>
  )
}

/** Share of each area in the index, in words; a dash while a weight cannot be read. */
function shareTexts({ areas, state, language, texts }: Props): string[] {
  const weights = areas.map(({ id }) => parseWeight(state.typed[id]!))
  const sum = weights.reduce<number>((total, weight) => total + (weight ?? 0), 0)
  return weights.map((weight) =>
    fill(texts['share'], { percent: weight === null || sum === 0 ? '–' : oneDecimal(language, (100 * weight) / sum) }),
  )
}

/** Links that set all weights at once: addresses without a script, changes with one. */
function Presets(props: Props) {
  const { texts, onChange } = props
  return (
    <ul class="weight-presets" aria-label={texts['presets']}>
      {presetStates(props).map(({ preset, state }) => (
        <li key={preset}>
          {onChange ? (
            <Button type="button" kind="secondary" onClick={() => onChange(state)}>
              {texts[`preset.${preset}`]}
            </Button>
          ) : (
            <ButtonLink kind="secondary" href={weightsAddress(state)}>
              {texts[`preset.${preset}`]!}
            </ButtonLink>
          )}
        </li>
      ))}
      <li>
        {onChange ? (
          <Button type="button" kind="quiet" onClick={() => onChange({ ...presetStates(props)[0]!.state, city: props.state.city })}>
            {texts['reset']}
          </Button>
        ) : (
          <a href={weightsPath}>{texts['reset']}</a>
        )}
      </li>
    </ul>
  )
}

/** The city that is looked at: from a list, or by its name where there are very many. */
function CityField({ cities, cityName, findCity, state, texts, onChange }: Props) {
  const [text, setText] = useState(cityName)
  if (cities !== null)
    return (
      <SelectField
        name="city"
        label={texts['city']}
        options={cities.map(({ slug, name }) => ({ value: slug, label: name }))}
        value={state.city}
        onChange={onChange ? (city) => onChange({ ...state, city }) : undefined}
      />
    )
  const look = (typed: string) => {
    setText(typed)
    const found = findCity?.(typed)
    if (found !== undefined && onChange) onChange({ ...state, city: found })
  }
  return (
    <TextField
      name="city"
      label={texts['city']}
      hint={texts['cityHint']}
      width="medium"
      autoComplete="off"
      value={text}
      onInput={onChange ? look : undefined}
    />
  )
}

/** The weights of all areas and the city that is looked at. */
export function WeightFields(props: Props) {
  const { areas, texts, problems, onChange } = props
  const shares = shareTexts(props)
  return (
    <form class="weight-form" method="get" action={weightsPath} onSubmit={onChange ? (event) => event.preventDefault() : undefined}>
      {problems.length > 0 && !onChange && (
        <ErrorSummary
          title={texts['problems']!}
          errors={problems.map((problem) => ({
            fieldId: weightField(problem.kind === 'weight' ? problem.area : areas[0]!.id),
            text: problemText(props, problem),
          }))}
        />
      )}
      <Presets {...props} />
      <fieldset class="weight-rows">
        <legend class="field-label">{fill(texts['legend'], { most: mostWeight })}</legend>
        {areas.map(({ id }, i) => (
          <WeightRow key={id} area={id} share={shares[i]!} props={props} />
        ))}
      </fieldset>
      {onChange && (
        <p class="field-error" role="alert">
          {problems.map((problem) => problem.kind === 'zero' && problemText(props, problem))}
        </p>
      )}
      <CityField {...props} />
      {!onChange && (
        <div>
          <Button>{texts['compute']}</Button>
        </div>
      )}
    </form>
  )
}
