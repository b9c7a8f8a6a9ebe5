import type { refusals as en } from '../en/refusals.ts';

export const refusals: typeof en = {
  input: 'Bitte korrigieren Sie die markierten Felder. Bis dahin ändert sich nichts.',
  not_found: 'Unter dieser Adresse gibt es nichts.',
  forbidden: 'Ihre Rollen erlauben das nicht. Wenden Sie sich an die Administration.',
  unauthenticated: 'Bitte melden Sie sich zuerst an.',
  bad_token: 'Dieses Token gilt nicht. Es wurde widerrufen, oder sein Konto ist gesperrt.',
  conflict_version:
    'Jemand anderes hat das inzwischen geändert. Vergleichen Sie beide Fassungen und speichern Sie erneut.',
  conflict_exists: 'Das gibt es schon.',
  conflict_idempotency: 'Dieser Idempotency-Key gehört zu einer anderen Anfrage. Verwenden Sie einen neuen.',
  sent_before:
    'Dieses Formular wurde schon einmal gesendet, mit anderen Angaben. Was jetzt hier steht, ist nicht gesendet: Prüfen Sie es und senden Sie es noch einmal.',
  storage:
    'Es wurde nichts gespeichert: Die Datenbank nimmt gerade nichts an. Bitte versuchen Sie es erneut.',
  internal: 'Bei uns ist ein Fehler aufgetreten. Es wurde nichts gespeichert. Bitte versuchen Sie es erneut.',
  too_many_tries: 'Zu viele Versuche. Bitte versuchen Sie es um {at} UTC erneut, in {minutes} Minuten.',
  busy: 'Der Server ist ausgelastet. Bitte versuchen Sie es gleich noch einmal.',
  body_too_large: 'Das ist zu groß: höchstens {max} kB.',
  not_json: 'Der Inhalt ist kein gültiges JSON.',
  not_utf8: 'Der Inhalt ist kein gültiges UTF-8.',
  media_type: 'Senden Sie JSON mit dem Inhaltstyp application/json.',
  method: 'Diese Adresse beantwortet {method} nicht.',
  cross_origin:
    'Diese Anfrage kam von {from} und wurde abgelehnt: Angenommen wird, was von {own} kommt (PUBLIC_URL).',
  malformed: 'Diese Anfrage ist fehlerhaft.',
  language_not_offered:
    'Die Seite bietet diese Sprache nicht an. In den Einstellungen kann die Administration sie hinzufügen.',
  required: 'Bitte füllen Sie dieses Feld aus.',
  wrong_type: 'Hier wird der Typ {type} erwartet.',
  wrong_value: 'Dieser Wert ist hier nicht möglich.',
  wrong_format: 'Das hat nicht die erwartete Form.',
  wrong_time: 'Geben Sie eine Zeit mit Zeitzone an, etwa 2026-11-20T14:30:00Z.',
  wrong_email: 'Das ist keine E-Mail-Adresse.',
  wrong_url: 'Geben Sie eine Adresse an, die mit https:// beginnt.',
  wrong_contact: 'Geben Sie eine E-Mail-Adresse oder eine Adresse an, die mit https:// beginnt.',
  wrong_zone: 'Das ist keine Zeitzone wie Europe/Berlin.',
  wrong_colour: 'Geben Sie eine Farbe wie #1d4a8f an.',
  low_contrast:
    'Diese Farbe ist auf der Seite schlecht lesbar (Kontrast unter 4,5:1). Wählen Sie eine kräftigere.',
  wrong_slug: 'Verwenden Sie nur Kleinbuchstaben, Ziffern und Bindestriche.',
  too_long: 'Das ist zu lang: höchstens {max} Zeichen.',
  too_long_bytes: 'Das ist zu lang: höchstens 20 kB.',
  too_short: 'Das ist zu kurz: mindestens {min} Zeichen.',
  too_small: 'Das ist zu klein: mindestens {min}.',
  too_big: 'Das ist zu groß: höchstens {max}.',
  control_characters: 'Hier stehen Zeichen, die sich nicht anzeigen lassen. Bitte entfernen Sie sie.',
  line_break: 'Bitte schreiben Sie das in eine Zeile.',
  not_one_of: 'Wählen Sie eines davon: {values}.',
  repeated: 'Nennen Sie jedes nur einmal.',
  unknown_field: 'Dieses Feld gibt es nicht.',
  unknown_category: 'Diese Kategorie gibt es nicht.',
  unknown_component: 'Diese Komponente gibt es nicht.',
  unfit_phrase: 'Dieser Baustein widerspricht dem, was die Meldung sonst sagt. Wählen Sie einen anderen.',
  unknown_phrase:
    'Diesen Baustein gibt es nicht. Wählen Sie einen anderen, oder geben Sie den Text je Sprache an: {"de": "…"}.',
  unknown_user: 'Dieses Konto gibt es nicht.',
  unknown_group: 'Diese Gruppe gibt es nicht.',
  unknown_slot: 'Diesen Platzhalter gibt es nicht.',
  unknown_setting: 'Diese Einstellung gibt es nicht.',
  unknown_slot_at: 'Den Platzhalter in Zeile {line} gibt es nicht: {text}',
  slot_not_offered: 'In Zeile {line} steht {text}: Diesen Platzhalter bietet der Anlass nicht.',
  not_for_customers:
    'In Zeile {line} steht „{text}“, das nicht für Kunden ist. Ändern Sie es, oder lassen Sie es in die öffentlichen Namen aufnehmen.',
  wrong_number: 'Geben Sie eine Zahl von {min} bis {max} an, etwa 12 oder 12,5.',
  wrong_minutes: 'Geben Sie ganze Minuten an, von {min} bis {max}.',
  direction_marks:
    'Hier stehen unsichtbare Zeichen, die die Schreibrichtung ändern. Bitte entfernen Sie sie.',
  own_text: 'Das ist Ihr eigener Text. Genehmigen oder prüfen muss ihn jemand anderes aus dem Management.',
  not_newest: 'Inzwischen gibt es eine neuere Fassung. Lesen und genehmigen Sie diese.',
  not_approved: 'Diese Fassung ist nicht genehmigt und kann daher nicht enden.',
  not_free_text: 'Diese Meldung entstand aus einer genehmigten Vorlage; es gibt daran nichts zu prüfen.',
  template_front: 'Eine Vorlage beginnt mit ihrem Titel zwischen zwei Zeilen mit ---.',
  template_name:
    'Nennen Sie eine Vorlage <Ordner>/<Anlass>.<Sprache>.md; der Ordner ist base oder eine Kategorie, etwa base/resolved.de.md.',
  broken_yaml: 'Das ist kein gültiges YAML: {text}',
  taken: 'Das ist schon vergeben.',
  archived: 'Das ist archiviert. Wählen Sie etwas anderes.',
  in_future: 'Das liegt in der Zukunft.',
  in_past: 'Das liegt in der Vergangenheit.',
  start_required: 'Die Störung ist schon vorbei: Geben Sie ihren Beginn an.',
  end_required: 'Die Störung ist schon vorbei: Geben Sie ihr Ende an.',
  end_not_after_start: 'Das Ende muss nach dem Beginn liegen.',
  impact_backdated:
    'Was früher galt, ändert nicht, wie schwer die Störung jetzt ist. Nennen Sie die betroffenen Komponenten.',
  not_over:
    'Ein Ende hat nur eine Störung, die bei ihrer ersten Meldung schon vorbei ist. Lassen Sie das Feld leer.',
  start_elsewhere: 'Der Beginn steht schon auf der Seite. Ändern Sie ihn bei den Meilensteinen.',
  end_before_start: 'Das Ende liegt vor dem Beginn.',
  occasion_or_phase: 'Geben Sie einen Anlass mit seinen Platzhaltern oder eine Phase mit Texten an.',
  texts_missing: 'Geben Sie Titel und Text in mindestens einer Sprache an.',
  title_missing: 'Bitte geben Sie einen Titel an.',
  body_missing: 'Bitte schreiben Sie den Text.',
  no_template: 'Für diesen Anlass gibt es keine Vorlage. Schreiben Sie den Text selbst.',
  slot_missing: 'Der Platzhalter „{slot}“ ist nicht ausgefüllt.',
  leftover: 'In Zeile {line} steht noch ein Platzhalter: {text}',
  explanation_short:
    'Erklären Sie, was war und wie es behoben wurde: mindestens 40 Zeichen, in eigenen Worten.',
  wrong_phase: 'Das passt nicht zusammen: Auf {from} kann {to} nicht folgen.',
  occasion_unfit: 'Der Anlass passt nicht mehr. Wählen Sie ihn neu.',
  kind_mismatch: 'Dieser Anlass gehört nicht zu dieser Art von Störung.',
  already_resolved: 'Das ist bereits behoben. Öffnen Sie es zuerst wieder.',
  not_resolved: 'Das ist nicht behoben und lässt sich daher nicht wieder öffnen.',
  reason_missing: 'Bitte geben Sie einen Grund an.',
  reason_thin: 'Sagen Sie in ein paar eigenen Worten, warum.',
  same_text: 'Der Text ist derselbe wie zuvor. Es wurde nichts gespeichert.',
  password_wrong: 'Das ist nicht Ihr jetziges Passwort.',
  password_short: 'Verwenden Sie mindestens 12 Zeichen.',
  password_common: 'Dieses Passwort ist zu leicht zu erraten. Wählen Sie ein anderes.',
  sign_in_failed: 'E-Mail-Adresse oder Passwort ist falsch.',
  token_decides: 'Ob ein Token bleibt, entscheidet ein Mensch, der angemeldet ist.',
  token_undecided:
    'Das Passwort wurde geändert, und niemand hat bisher entschieden, dass dieses Token bleibt. Bis dahin legt es kein anderes an.',
  last_admin: 'Das ist das letzte Konto mit Administration. Geben Sie die Rolle zuerst jemand anderem.',
  roles_not_own: 'Ein Token kann nur Rollen haben, die sein Konto hat.',
  link_used:
    'Dieser Link wurde benutzt oder ist abgelaufen. Starten Sie den Server neu, oder nutzen Sie die Kommandozeile.',
  being_set_up:
    'Diese Seite wird eingerichtet und weiß noch nichts über die Dienste. Fragen Sie später wieder.',
  setup_done: 'Die Einrichtung ist schon erledigt. Bitte melden Sie sich an.',
  markdown_failed: 'Dieser Text lässt sich nicht darstellen. Bitte vereinfachen Sie die Formatierung.',
  cannot_restrict: 'Eine öffentliche Störung kann nicht vertraulich werden.',
  cannot_restrict_report:
    'Kunden haben den Bericht schon erhalten, also kann diese Störung nicht mehr vertraulich werden.',
  report_incident_hidden:
    'Von der Störung ist noch nichts öffentlich, also könnte niemand den Bericht öffnen. Veröffentlichen Sie zuerst eine Meldung, oder wählen Sie einen anderen Leserkreis.',
  link_unknown:
    'Dieser Link gilt nicht oder nicht mehr. Bitten Sie um einen neuen, wo Sie ihn erhalten haben.',
  not_restricted: 'Das ist nicht vertraulich.',
  already_public: 'Das ist schon öffentlich.',
  referral_missing: 'Halten Sie zuerst fest, an wen und wann das weitergegeben wurde.',
  nothing_to_release:
    'Es gibt noch keinen Text, der öffentlich werden könnte. Schreiben Sie zuerst eine Meldung.',
  security_publishes:
    'Diese Störung ist vertraulich: Hier veröffentlicht nur die Rolle Sicherheit. Wenden Sie sich an sie.',
  unreleased:
    'Dieser Text ist nicht öffentlich und lässt sich nicht korrigieren. Die Rolle Sicherheit kann ihn zurückziehen; schreiben Sie ihn dann neu.',
  withdraw_later_first: 'Spätere Texte bauen auf diesem auf. Ziehen Sie zuerst diese zurück.',
  no_reason_given: 'Hier ist kein Grund festgehalten.',
  other_language:
    'Nur eine der beiden Sprachen wurde korrigiert. Korrigieren Sie auch den anderen Text, oder bestätigen Sie, dass er weiterhin stimmt.',
  stand_in: 'Die Kunden informiert CSUP. Geben Sie an, warum Sie es tun.',
  off_duty: 'Sie haben gerade keine Bereitschaft. Geben Sie an, warum Sie veröffentlichen.',
  cannot_be_on_call:
    'Diese Person kann keine Bereitschaft haben: Ihr fehlt die Rolle, oder ihr Konto ist gesperrt.',
  shift_overlaps: 'Diese Person hat in dieser Zeit schon eine Schicht.',
  shift_too_long: 'Eine Schicht dauert höchstens 14 Tage.',
  hand_over_to_self: 'Wählen Sie jemand anderen.',
  already_accepted: 'Diese Übergabe ist schon angenommen.',
  cycle: 'Eine Kategorie kann nicht unter sich selbst stehen.',
  has_children: 'Archivieren Sie zuerst die Unterkategorien und Komponenten.',
  open_incident: 'Eine Störung oder Wartung, die noch nicht vorbei ist, nennt dies. Beenden Sie sie zuerst.',
  reclassify:
    'Eine P0 oder P1 wird nur mit Belegen und dem Management als zweiter Person verlassen: Schlagen Sie beim Bericht die richtige Priorität vor.',
  priority_not_lower: 'Wählen Sie eine niedrigere Priorität. Eine höhere braucht keine zweite Person.',
  priority_validated: 'Diese Priorität ist schon bestätigt.',
  own_priority: 'Sie haben diese Priorität gesetzt, also bestätigt sie jemand anderes.',
  report_not_validated: 'Zuerst bestätigt jemand anderes die Priorität, als wer sie gesetzt hat.',
  decision_settled: 'Das ist schon entschieden.',
  own_proposal: 'Ihrem Vorschlag muss jemand anderes zustimmen.',
  report_public_incident: 'Die Störung ist öffentlich, also ist ihr Bericht öffentlich fällig.',
  report_stays_public: 'Ein veröffentlichter Bericht bleibt öffentlich.',
  problem_closed: 'Dieses Problem ist abgeschlossen.',
  problem_open: 'Noch hält etwas dieses Problem offen. Sehen Sie nach dem Markierten.',
  problem_restricted: 'Eine vertrauliche und eine öffentliche Störung können kein Problem teilen.',
  unknown_incident: 'Diese Störung gibt es nicht.',
  commitment_stays:
    'Das ist öffentlich zugesagt. Erledigen Sie es, verschieben Sie es mit Grund, oder verzichten Sie mit Grund darauf.',
  incident_linked: 'Diese Störung gehört schon zu einem Problem.',
  one_category: 'Alle Störungen, für die ein Problem eröffnet wird, gehören zu einer Kategorie.',
  cannot_see: 'Diese Person darf die vertrauliche Störung nicht sehen. Wählen Sie jemand anderen.',
  same_day: 'Das ist schon der Termin.',
  item_settled: 'Diese Maßnahme ist erledigt oder entfallen. Nehmen Sie sie zuerst wieder auf.',
  item_not_done: 'Ob es geholfen hat, lässt sich sagen, wenn es erledigt ist.',
  meeting_held: 'Diese Nachbesprechung ist schon festgehalten.',
  lead_manager: 'Diese Nachbesprechung leitet jemand aus dem Management.',
  lead_absent: 'Die Leitung muss teilgenommen haben.',
  manager_absent: 'Mindestens eine Person aus dem Management muss teilgenommen haben.',
  engineer_absent: 'Mindestens eine Person aus Technik oder SRE muss teilgenommen haben.',
  before_publication:
    'Die Nachbesprechung behandelt einen veröffentlichten Bericht, also kann sie nicht früher sein.',
  report_not_shared: 'Nur ein veröffentlichter Bericht für Kunden kann per Link geteilt werden.',
  too_late: 'Höchstens {days} Tage von jetzt an.',
  outstanding_missing: 'Sagen Sie, was noch offen ist, oder dass nichts offen ist.',
  incident_closed: 'Diese Störung ist abgeschlossen. Eröffnen Sie sie zuerst wieder, mit einer Meldung.',
  closing_kind: 'Eine Wartung wird nicht abgeschlossen: Sie endet mit ihrer letzten Meldung.',
  closing_not_resolved:
    'Das ist noch nicht behoben. Melden Sie zuerst das Ende, oder geben Sie an, warum es nicht öffentlich ist.',
  closing_undecided:
    'Zu dieser P1 steht ein Bericht aus. Sie wird abgeschlossen, wenn er veröffentlicht ist oder das Management entschieden hat, dass keiner nötig ist.',
  closing_not_public:
    'Eine P0 wird abgeschlossen, wenn ihr Bericht für alle veröffentlicht ist. Eine Fassung für Kunden oder intern genügt nicht.',
  closing_not_published:
    'Zu dieser Störung wurde ein Bericht beschlossen. Sie wird abgeschlossen, wenn er veröffentlicht ist.',
  closing_not_released:
    'Diese Störung ist vertraulich: Geben Sie sie und ihren Bericht frei, oder Sicherheit und Management entscheiden gemeinsam, ihn nicht freizugeben.',
  closing_manager:
    'Eine P0 oder P1 zählt als Problem. Nur das Management sagt mit einem Grund, dass sie keines war.',
  closing_explanation:
    'Nennen Sie Ursache, Behebung und Nachweis: mindestens 40 Zeichen in eigenen Worten oder ein https-Link dorthin.',
  report_not_owed: 'Für diese Störung steht kein Bericht aus.',
  report_not_classified: 'Stufen Sie die Störung zuerst ein: Ihre Priorität ist nicht geprüft.',
  report_state: 'In diesem Stand des Berichts geht das nicht. Lesen Sie ihn neu.',
  report_not_approved: 'Nur ein genehmigter Bericht kann veröffentlicht werden.',
  report_never_waived:
    'Auf den Bericht zu einer P0 wird nie verzichtet. War die Priorität ein Irrtum, schlagen Sie eine andere vor.',
  report_published: 'Der Bericht ist schon veröffentlicht.',
  report_restricted: 'Die Sicherheit hat diese Störung nicht freigegeben, also bleibt ihr Bericht intern.',
  approval_outdated:
    'Der Bericht wurde inzwischen geändert. Lesen Sie den jetzigen Stand und entscheiden Sie neu.',
  own_report:
    'Niemand genehmigt, was er selbst geschrieben oder eingereicht hat. Fragen Sie jemand anderen aus dem Management.',
  tick_missing: 'Haken Sie das zuerst ab.',
  section_empty: 'Schreiben Sie diesen Abschnitt in mindestens einer Sprache.',
  author_reason: 'Sagen Sie, warum jemand ohne technische Aufgabe ihn schreibt.',
  change_missing: 'Sagen Sie, was diese Fassung ändert und warum.',
  audience_p0: 'Der Bericht zu einer P0 ist für die Öffentlichkeit bestimmt.',
  classification_stated:
    'Geben Sie an, womit der Bericht veröffentlicht wird: „{is}“ (classification: {is}). Die Genehmigung setzt es.',
  report_without_action:
    'Der Bericht zu einer P0 nennt mindestens eine Maßnahme mit Verantwortung und Termin. Fügen Sie sie dem Plan des Problems hinzu.',
  unverified_reason:
    'Niemand hat festgehalten, dass die Wiederherstellung bestätigt ist. Halten Sie es fest, oder sagen Sie, warum es ohne eingereicht wird.',
  impact_beside_p0:
    'Leser sähen im Bericht „P0“ und auf der Seite der Störung geringe oder keine Auswirkungen. Geben Sie an, was stimmt: die Auswirkungen lassen (impact: keep) oder anheben (impact: major oder critical).',
  commitment_owner: 'Nennen Sie für die Leser die Funktion, die dafür zuständig ist.',
  milestone_missing: 'Dieser Meilenstein ist nicht festgehalten.',
  end_differs:
    'Die Statusseite nennt ein anderes Ende. Geben Sie an, was stimmt: Seite berichtigen (pageEnd: correct) oder beides lassen (pageEnd: keep).',
  end_not_movable:
    'Die Seite kann dann nicht enden: Sie meldet die Störung noch später, oder ein späteres Ende. Lassen Sie beides.',
  milestone_order: 'Das liegt vor dem Meilenstein davor.',
  start_after_update: 'Eine Meldung spricht schon früher davon: Spätestens da hat es begonnen.',
  unknown_template: 'Diese Vorlage gibt es nicht.',
  too_deep: 'Kategorien haben nur zwei Ebenen. Wählen Sie eine der ersten Ebene.',
  restricted_parent: 'Eine Kategorie unter einer vertraulichen muss auch vertraulich sein.',
  restricted_target:
    'Eine Komponente kann nicht in eine vertrauliche Kategorie wechseln. Legen Sie dort eine neue an.',
  parent_archived: 'Stellen Sie zuerst die zugehörige Kategorie wieder her.',
  incomplete_order: 'Nennen Sie jeden aktiven Eintrag dieser Ebene genau einmal.',
  held: 'Das ist noch nicht veröffentlicht.',
  mistake_not_first:
    'Nur wer die erste Meldung zurücknimmt, kann sagen, dass sie ein Irrtum war. Nehmen Sie ohne diese Angabe zurück und sagen Sie Kunden danach, was stimmt.',
  not_held: 'Das ist schon veröffentlicht. Schreiben Sie stattdessen eine Korrektur.',
  lint_blocked:
    '„{found}“ ist nicht für Kunden bestimmt. Ändern Sie es, oder geben Sie unten einen Grund an.',
  policy_changed: 'Die Regeln wurden inzwischen geändert. Lesen Sie sie erneut und genehmigen Sie sie dann.',
  start_in_past: 'Der Beginn liegt in der Vergangenheit. Für Arbeiten, die schon laufen, wählen Sie „Läuft“.',
  end_not_later: 'Eine Verlängerung endet später als bisher geplant. Wählen Sie ein späteres Ende.',
  has_started:
    'Diese Wartung hat begonnen, ihr Beginn lässt sich nicht mehr verschieben. Verlängern Sie sie oder schließen Sie sie ab.',
  overlap:
    'Eine andere Wartung derselben Komponenten überschneidet sich: „{title}“, {window}. Wählen Sie eine andere Zeit, oder bestätigen Sie, dass beide zugleich laufen dürfen.',
  not_maintenance: 'Nur eine Wartung beginnt und endet von selbst.',
  maintenance_over: 'Diese Wartung ist vorbei.',
  later_held: 'Eine spätere Meldung dieser Störung wird noch zurückgehalten. Nehmen Sie zuerst diese zurück.',
  correction_elsewhere:
    'Eine Korrektur ist keine neue Meldung. Korrigieren Sie die falsche Meldung selbst: „Korrigieren“ neben ihr oder PATCH /api/v1/updates und ihre Id.',
  explanation_template:
    'Das wiederholt nur die Vorlage. Erklären Sie in eigenen Worten, was war und wie es behoben wurde.',
};
