// A campaign in four steps: what, through what, when, a last look. The step stands in the URL, the draft survives a reload.
import { Alert, Button, Group, Paper, Stepper } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '@/api/me.ts';
import { Problem } from '@/api/problem.ts';
import { useProblemWords } from '@/parts/states.tsx';
import classes from './campaigns.module.css';
import { profilesQuery } from './choices.ts';
import { fieldName, useMistakeWords } from './field-words.ts';
import { type CampaignForm, type Field, mistakes, serverMistakes, stepOf, steps } from './form.ts';
import { ReviewStep } from './review-step.tsx';
import { WhatStep } from './what-step.tsx';
import { WhenStep } from './when-step.tsx';
import { WhoStep } from './who-step.tsx';

export interface StepProps {
  form: CampaignForm;
  change: (more: Partial<CampaignForm>) => void;
  wrong: (field: Field) => string | undefined;
}

interface WizardProps {
  form: CampaignForm;
  step: number; // 0 to 3, as the URL says
  verb: string;
  onStep: (step: number, replace?: boolean) => void;
  change: (more: Partial<CampaignForm>) => void;
  onSave: () => Promise<void>;
  onLeave: () => void;
  children?: ReactNode; // a conflict, above the steps
}

export function Wizard({ form, step: asked, verb, onStep, change, onSave, onLeave, children }: WizardProps) {
  const { t } = useTranslation();
  const words = useProblemWords();
  const mistakeWords = useMistakeWords();
  const may = useMay();
  const profiles = useQuery({ ...profilesQuery, enabled: may('ottb.profile.read') });
  const [touched, setTouched] = useState(false); // "next" was asked for: mistakes of the step are said
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<unknown>(null);
  const windows = (profiles.data?.find((one) => one.id === form.profile)?.document.windows?.length ?? 0) > 0;
  const bad = mistakes(form, windows);
  // Nobody gets by the URL to where the steps before are not whole. (How long it must ring is known only with the profile.)
  const open = steps.findIndex((fields) => fields.some((field) => bad[field] && bad[field] !== 'ringLaw'));
  const step = Math.min(asked, open < 0 ? 3 : open);
  useEffect(() => {
    if (step !== asked) onStep(step, true);
  }, [step, asked, onStep]);
  const said = refused instanceof Problem ? serverMistakes(refused.problems) : [];

  const wrong = (field: Field): string | undefined => {
    const theirs = said.find((one) => one.field === field)?.words;
    const ours = bad[field];
    return theirs ?? (ours && (touched || step === 3) ? mistakeWords(field, ours) : undefined);
  };
  const firstBad = (of: readonly Field[]) => of.find((field) => bad[field]);
  const go = (to: number) => {
    const blocked = to > step ? firstBad(steps.slice(0, to).flat()) : undefined;
    setTouched(blocked !== undefined);
    onStep(blocked ? stepOf(blocked) : to);
  };
  const save = async () => {
    const blocked = firstBad(steps.flat());
    if (blocked) {
      setTouched(true);
      onStep(stepOf(blocked));
      return;
    }
    setBusy(true);
    setRefused(null);
    try {
      await onSave();
    } catch (why) {
      setRefused(why);
      const field = why instanceof Problem ? serverMistakes(why.problems).find((one) => one.field)?.field : null;
      if (field) onStep(stepOf(field));
    } finally {
      setBusy(false);
    }
  };
  const edit = (more: Partial<CampaignForm>) => {
    if (said.length > 0) setRefused(null);
    change(more);
  };
  const props: StepProps = { form, change: edit, wrong };
  return (
    <Paper bd="1px solid var(--line)" bg="var(--panel)" p="md" component="section" aria-label={t('campaigns.steps.label')}>
      <form
        className={classes.wizard}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (step === 3) void save();
          else go(step + 1);
        }}
      >
        {children}
        <Stepper active={step} onStepClick={go} size="xs" iconSize={26} className={classes.steps}>
          {(['what', 'who', 'when', 'review'] as const).map((one) => <Stepper.Step key={one} label={t(`campaigns.steps.${one}`)} />)}
        </Stepper>
        {step === 0 && <WhatStep {...props} />}
        {step === 1 && <WhoStep {...props} />}
        {step === 2 && <WhenStep {...props} />}
        {step === 3 && <ReviewStep form={form} bad={Object.keys(bad) as Field[]} onStep={onStep} />}
        {refused !== null && (
          <Alert color="red" role="alert">
            {said.length > 0 ? said.map((one) => `${one.field ? `${t(fieldName[one.field])}: ` : ''}${one.words}`).join('; ') : words(refused)}
          </Alert>
        )}
        <Group justify="space-between">
          <Button variant="subtle" color="gray" c="inherit" onClick={onLeave}>{t('parts.cancel')}</Button>
          <Group gap={6}>
            {step > 0 && <Button variant="default" onClick={() => onStep(step - 1)}>{t('campaigns.back')}</Button>}
            <Button type="submit" loading={busy}>{step === 3 ? verb : t('campaigns.next')}</Button>
          </Group>
        </Group>
      </form>
    </Paper>
  );
}
