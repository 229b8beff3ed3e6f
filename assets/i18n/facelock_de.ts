<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de_DE" sourcelanguage="en_GB">
<context>
    <name>AboutBody</name>
    <message>
        <source>Erase</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Nothing leaves this computer. There is no account.</source>
        <translation>Nichts verlässt diesen Computer. Es gibt kein Konto.</translation>
    </message>
    <message>
        <source>The demo&apos;s key is in memory alone, and gone when the demo is closed.</source>
        <translation>Der Schlüssel der Demo liegt nur im Arbeitsspeicher und ist weg, sobald die Demo geschlossen wird.</translation>
    </message>
    <message>
        <source>The key to your face data is kept in this computer&apos;s keyring.</source>
        <translation>Der Schlüssel zu deinen Gesichtsdaten liegt im Schlüsselbund dieses Computers.</translation>
    </message>
    <message>
        <source>This computer has no keyring that Facelock can use. Your face works from the first passphrase until Facelock is closed; then the passphrase is needed again.</source>
        <translation>Dieser Computer hat keinen Schlüsselbund, den Facelock nutzen kann. Dein Gesicht funktioniert ab der ersten Passphrase, bis Facelock geschlossen wird; dann ist wieder die Passphrase nötig.</translation>
    </message>
    <message>
        <source>Version, licences and the model card</source>
        <translation>Version, Lizenzen und die Modellkarte</translation>
    </message>
    <message>
        <source>Where your data lies</source>
        <translation>Wo deine Daten liegen</translation>
    </message>
</context>
<context>
    <name>AboutPage</name>
    <message>
        <source>About</source>
        <translation>Über</translation>
    </message>
    <message>
        <source>Documents</source>
        <translation>Dokumente</translation>
    </message>
    <message>
        <source>Facelock</source>
        <translation>Facelock</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>Lizenz</translation>
    </message>
    <message>
        <source>Model card</source>
        <translation>Modellkarte</translation>
    </message>
    <message>
        <source>Notices</source>
        <translation>Hinweise</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Open this address in your browser?</source>
        <translation>Diese Adresse im Browser öffnen?</translation>
    </message>
    <message>
        <source>The model card</source>
        <translation>Die Modellkarte</translation>
    </message>
    <message>
        <source>Version {version}. Free software under the Apache License 2.0.</source>
        <translation>Version {version}. Freie Software unter der Apache License 2.0.</translation>
    </message>
</context>
<context>
    <name>ActivityBody</name>
    <message>
        <source>In the last {days} days it was opened: {count}</source>
        <translation>In den letzten {days} Tagen geöffnet: {count}</translation>
    </message>
    <message>
        <source>Looking what happened lately…</source>
        <translation>Ich sehe nach, was zuletzt geschah …</translation>
    </message>
    <message>
        <source>Nobody was refused.</source>
        <translation>Niemand wurde abgewiesen.</translation>
    </message>
    <message>
        <source>Refused, or only the passphrase was left: {count}</source>
        <translation>Abgewiesen, oder nur noch die Passphrase galt: {count}</translation>
    </message>
    <message>
        <source>Settings, people and keys changed: {count}</source>
        <translation>Einstellungen, Personen und Schlüssel geändert: {count}</translation>
    </message>
    <message>
        <source>Show everything</source>
        <translation>Alles anzeigen</translation>
    </message>
</context>
<context>
    <name>ActivityPage</name>
    <message>
        <source>Activity</source>
        <translation>Aktivität</translation>
    </message>
    <message>
        <source>Activity, newest first</source>
        <translation>Aktivität, Neuestes zuerst</translation>
    </message>
    <message>
        <source>At any time</source>
        <translation>Jederzeit</translation>
    </message>
    <message>
        <source>Changes</source>
        <translation>Änderungen</translation>
    </message>
    <message>
        <source>Everything</source>
        <translation>Alles</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Exportieren</translation>
    </message>
    <message>
        <source>Export the activity</source>
        <translation>Aktivität exportieren</translation>
    </message>
    <message>
        <source>From when</source>
        <translation>Aus welcher Zeit</translation>
    </message>
    <message>
        <source>In the last 30 days</source>
        <translation>Letzte 30 Tage</translation>
    </message>
    <message>
        <source>In the last 7 days</source>
        <translation>Letzte 7 Tage</translation>
    </message>
    <message>
        <source>In the last day</source>
        <translation>Letzter Tag</translation>
    </message>
    <message>
        <source>JSON (*.json)</source>
        <translation>JSON (*.json)</translation>
    </message>
    <message>
        <source>Nothing has happened yet.</source>
        <translation>Noch ist nichts geschehen.</translation>
    </message>
    <message>
        <source>Nothing of that kind happened in that time.</source>
        <translation>In dieser Zeit ist nichts dergleichen geschehen.</translation>
    </message>
    <message>
        <source>Opened and locked</source>
        <translation>Geöffnet und gesperrt</translation>
    </message>
    <message>
        <source>Refusals and warnings</source>
        <translation>Abweisung, Warnung</translation>
    </message>
    <message>
        <source>Table (*.csv)</source>
        <translation>Tabelle (*.csv)</translation>
    </message>
    <message>
        <source>Vault and backups</source>
        <translation>Tresor, Sicherungen</translation>
    </message>
    <message>
        <source>What is shown</source>
        <translation>Was angezeigt wird</translation>
    </message>
    <message>
        <source>What is shown here will be written into a file that is not sealed.</source>
        <translation>Was hier angezeigt wird, wird in eine Datei geschrieben, die nicht versiegelt ist.</translation>
    </message>
    <message>
        <source>Who came in, who was refused, and what was changed.</source>
        <translation>Wer hereinkam, wer abgewiesen wurde und was geändert wurde.</translation>
    </message>
    <message>
        <source>Written: {name}</source>
        <translation>Geschrieben: {name}</translation>
    </message>
</context>
<context>
    <name>AdaptOffer</name>
    <message>
        <source>&amp;Close</source>
        <translation>&amp;Schließen</translation>
    </message>
    <message>
        <source>&amp;Not now</source>
        <translation>&amp;Jetzt nicht</translation>
    </message>
    <message>
        <source>&amp;Remember</source>
        <translation>&amp;Merken</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Rückgängig</translation>
    </message>
    <message>
        <source>Facelock nearly recognised you. Remember this look?</source>
        <translation>Facelock hätte dich fast erkannt. Dieses Aussehen merken?</translation>
    </message>
    <message>
        <source>Nothing of that look is kept.</source>
        <translation>Von diesem Aussehen bleibt nichts zurück.</translation>
    </message>
    <message>
        <source>People lists this look. If it was a mistake, undo it now.</source>
        <translation>Unter Personen steht dieses Aussehen. Wenn es ein Versehen war, mach es jetzt rückgängig.</translation>
    </message>
    <message>
        <source>Remembered.</source>
        <translation>Gemerkt.</translation>
    </message>
    <message>
        <source>That look was not changed.</source>
        <translation>An diesem Aussehen wurde nichts geändert.</translation>
    </message>
    <message>
        <source>Undone.</source>
        <translation>Rückgängig gemacht.</translation>
    </message>
    <message>
        <source>Until {day} Facelock will know you like this too; then it forgets it. That is {number} of {quota} looks it may remember for you. You can undo it at once, and remove it in People at any time. If it was not you who looked into the camera just now, say no.</source>
        <translation>Bis {day} kennt Facelock dich auch so; dann vergisst es das wieder. Das ist Nummer {number} von {quota}, die es sich für dich merken darf. Du kannst es sofort rückgängig machen und unter Personen jederzeit entfernen. Wenn nicht du gerade in die Kamera geschaut hast, lehne ab.</translation>
    </message>
</context>
<context>
    <name>AdvancedOptions</name>
    <message>
        <source>&amp;Epochs</source>
        <translation>&amp;Durchgänge</translation>
    </message>
    <message>
        <source>&amp;Margin</source>
        <translation>&amp;Spielraum</translation>
    </message>
    <message>
        <source>Advanced</source>
        <translation>Erweitert</translation>
    </message>
    <message>
        <source>How much nearer than a stranger&apos;s a picture of your own has to lie. {low} to {high}, usually {usual}.</source>
        <translation>Wie viel näher ein Bild von dir liegen muss als das eines Fremden. {low} bis {high}, üblich {usual}.</translation>
    </message>
    <message>
        <source>How often all pictures are gone through. More takes longer and seldom helps. {low} to {high}, usually {usual}.</source>
        <translation>Wie oft alle Bilder durchgegangen werden. Mehr dauert länger und hilft selten. {low} bis {high}, üblich {usual}.</translation>
    </message>
    <message>
        <source>Loss: what the training makes small</source>
        <translation>Verlust: was das Training klein macht</translation>
    </message>
    <message>
        <source>These are good as they are. Whatever is set here, the result is judged.</source>
        <translation>Sie sind gut, wie sie sind. Was immer hier eingestellt ist: Das Ergebnis wird geprüft.</translation>
    </message>
    <message>
        <source>Up to which distance different people are pushed apart. {low} to {high}, usually {usual}.</source>
        <translation>Bis zu welchem Abstand verschiedene Personen auseinandergeschoben werden. {low} bis {high}, üblich {usual}.</translation>
    </message>
    <message>
        <source>Use the defaults</source>
        <translation>Vorgaben verwenden</translation>
    </message>
</context>
<context>
    <name>AppearanceCard</name>
    <message>
        <source>As the system</source>
        <translation>Wie das System</translation>
    </message>
    <message>
        <source>As the system ({language})</source>
        <translation>Wie das System ({language})</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>Farben</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Motion</source>
        <translation>Bewegung</translation>
    </message>
    <message>
        <source>Nothing turns, swings or glides. Otherwise it is as the system says.</source>
        <translation>Nichts dreht sich, schwingt oder gleitet. Sonst gilt, was das System sagt.</translation>
    </message>
    <message>
        <source>Reduce motion</source>
        <translation>Bewegung verringern</translation>
    </message>
    <message>
        <source>Text size</source>
        <translation>Textgröße</translation>
    </message>
    <message>
        <source>{number} %</source>
        <translation>{number} %</translation>
    </message>
</context>
<context>
    <name>AppearanceStep</name>
    <message>
        <source>Add me in &amp;other light</source>
        <translation>Mich bei anderem &amp;Licht hinzufügen</translation>
    </message>
    <message>
        <source>Add me with &amp;glasses on or off</source>
        <translation>Mich mit oder ohne &amp;Brille hinzufügen</translation>
    </message>
    <message>
        <source>Added. You can add another one, or go on.</source>
        <translation>Hinzugefügt. Du kannst noch eines hinzufügen oder weitergehen.</translation>
    </message>
    <message>
        <source>Change what you want to change, then look at the camera.</source>
        <translation>Ändere, was du ändern willst, und schau dann in die Kamera.</translation>
    </message>
    <message>
        <source>Do you sometimes look different?</source>
        <translation>Siehst du manchmal anders aus?</translation>
    </message>
    <message>
        <source>If you look about the same every day, just go on.</source>
        <translation>Wenn du jeden Tag etwa gleich aussiehst, geh einfach weiter.</translation>
    </message>
    <message>
        <source>Optional. With a second look I know you with glasses on, or by lamplight.</source>
        <translation>Freiwillig. Mit einem zweiten Aussehen erkenne ich dich auch mit Brille oder bei Lampenlicht.</translation>
    </message>
    <message>
        <source>S&amp;top this one</source>
        <translation>Dieses &amp;abbrechen</translation>
    </message>
    <message>
        <source>Stopped. You can try again, or go on.</source>
        <translation>Abgebrochen. Du kannst es noch einmal versuchen oder weitergehen.</translation>
    </message>
</context>
<context>
    <name>AskingCard</name>
    <message>
        <source>Ask me before my face opens Facelock</source>
        <translation>Frag mich, bevor mein Gesicht Facelock öffnet</translation>
    </message>
    <message>
        <source>Change it</source>
        <translation>Ändern</translation>
    </message>
    <message>
        <source>Changed, for everybody on this computer.</source>
        <translation>Geändert, für alle an diesem Computer.</translation>
    </message>
    <message>
        <source>From now on your face opens Facelock without a key or a click.</source>
        <translation>Ab jetzt öffnet dein Gesicht Facelock ohne Taste und ohne Klick.</translation>
    </message>
    <message>
        <source>The camera stays off while it is locked. Press Esc or click the ring, then look at the camera: passing by opens nothing.</source>
        <translation>Die Kamera bleibt aus, solange gesperrt ist. Drück Esc oder klick auf den Ring und schau dann in die Kamera: Vorbeigehen öffnet nichts.</translation>
    </message>
</context>
<context>
    <name>Avatar</name>
    <message>
        <source>Initial of {name}</source>
        <translation>Anfangsbuchstabe von {name}</translation>
    </message>
    <message>
        <source>Picture of {name}</source>
        <translation>Bild von {name}</translation>
    </message>
</context>
<context>
    <name>AwayCard</name>
    <message>
        <source>A key or the mouse counts as being there, unless a face is seen that may be somebody else&apos;s. Somebody who takes your place locks it within seconds. A photograph of you before the camera keeps open what is open; without a camera only the time without use locks.</source>
        <translation>Eine Taste oder die Maus zählt als da sein, außer ein Gesicht ist zu sehen, das jemand anderem gehören kann. Wer deinen Platz einnimmt, sperrt binnen Sekunden. Ein Foto von dir vor der Kamera hält offen, was offen ist; ohne Kamera sperrt nur die Zeit ohne Benutzung.</translation>
    </message>
    <message>
        <source>As {level} says: {time}</source>
        <translation>Wie {level} es vorsieht: {time}</translation>
    </message>
    <message>
        <source>Change it</source>
        <translation>Ändern</translation>
    </message>
    <message>
        <source>Changed, for everybody on this computer.</source>
        <translation>Geändert, für alle an diesem Computer.</translation>
    </message>
    <message>
        <source>From now on Facelock stays open longer when you leave.</source>
        <translation>Von jetzt an bleibt Facelock länger offen, wenn du gehst.</translation>
    </message>
    <message>
        <source>From now on Facelock stays open when you leave.</source>
        <translation>Von jetzt an bleibt Facelock offen, wenn du gehst.</translation>
    </message>
    <message>
        <source>Lock when I have been out of the camera&apos;s sight for</source>
        <translation>Sperren, wenn die Kamera mich so lange nicht sieht</translation>
    </message>
    <message>
        <source>Nothing is kept of your face, so only the time without use locks.</source>
        <translation>Von deinem Gesicht ist nichts gespeichert, also sperrt nur die Zeit ohne Benutzung.</translation>
    </message>
    <message>
        <source>While Facelock is open, the camera is off.</source>
        <translation>Solange Facelock offen ist, ist die Kamera aus.</translation>
    </message>
    <message>
        <source>While Facelock is open, the camera is on and looks twice a second. Nothing it sees is kept.</source>
        <translation>Solange Facelock offen ist, ist die Kamera an und schaut zweimal in der Sekunde. Nichts davon wird gespeichert.</translation>
    </message>
</context>
<context>
    <name>CameraBody</name>
    <message>
        <source>Light and sharpness</source>
        <translation>Licht und Schärfe</translation>
    </message>
    <message>
        <source>None yet. The first time at a camera your passphrase is needed too.</source>
        <translation>Noch keine. Beim ersten Mal an einer Kamera ist auch deine Passphrase nötig.</translation>
    </message>
    <message>
        <source>That holds until Facelock is closed: it could not be saved.</source>
        <translation>Das gilt, bis Facelock geschlossen wird: Es ließ sich nicht speichern.</translation>
    </message>
    <message>
        <source>The demo looks through a simulated camera, which opens nothing real.</source>
        <translation>Die Demo schaut durch eine simulierte Kamera, die nichts Echtes öffnet.</translation>
    </message>
    <message>
        <source>Which cameras your face opens with</source>
        <translation>Mit welchen Kameras dein Gesicht öffnet</translation>
    </message>
    <message>
        <source>one that is not connected now</source>
        <translation>eine, die gerade nicht angeschlossen ist</translation>
    </message>
    <message>
        <source>{cameras}. At another camera your passphrase is needed once.</source>
        <translation>{cameras}. An einer anderen Kamera ist einmal deine Passphrase nötig.</translation>
    </message>
    <message>
        <source>{count} that are not connected now</source>
        <translation>{count}, die gerade nicht angeschlossen sind</translation>
    </message>
</context>
<context>
    <name>CameraChoice</name>
    <message>
        <source>Look again</source>
        <translation>Noch einmal suchen</translation>
    </message>
    <message>
        <source>Looking for cameras…</source>
        <translation>Kameras werden gesucht …</translation>
    </message>
    <message>
        <source>No camera is connected. The passphrase works without one.</source>
        <translation>Keine Kamera ist angeschlossen. Die Passphrase funktioniert auch ohne.</translation>
    </message>
    <message>
        <source>Show what they see</source>
        <translation>Zeigen, was sie sehen</translation>
    </message>
</context>
<context>
    <name>CameraSign</name>
    <message>
        <source>Camera on</source>
        <translation>Kamera an</translation>
    </message>
</context>
<context>
    <name>CameraStep</name>
    <message>
        <source>&amp;Look for cameras again</source>
        <translation>&amp;Kameras noch einmal suchen</translation>
    </message>
    <message>
        <source>Choose a camera</source>
        <translation>Wähle eine Kamera</translation>
    </message>
    <message>
        <source>Connect one: it is picked up by itself. If it is connected, allow cameras in your system&apos;s privacy settings. To see Facelock without a camera, cancel and run “facelock demo” in a terminal.</source>
        <translation>Schließ eine an: Sie wird von selbst erkannt. Wenn sie angeschlossen ist, erlaube Kameras in den Datenschutzeinstellungen deines Systems. Um Facelock ohne Kamera zu sehen, brich ab und starte „facelock demo“ in einem Terminal.</translation>
    </message>
    <message>
        <source>It plays a portrait that is free to use.</source>
        <translation>Sie spielt ein Porträt ab, das frei verwendet werden darf.</translation>
    </message>
    <message>
        <source>Looking for cameras…</source>
        <translation>Kameras werden gesucht …</translation>
    </message>
    <message>
        <source>No camera found.</source>
        <translation>Keine Kamera gefunden.</translation>
    </message>
    <message>
        <source>The one on which you look at the screen is best.</source>
        <translation>Am besten die, in deren Richtung du auf den Bildschirm schaust.</translation>
    </message>
    <message>
        <source>There is no physical camera here, and only a real one can enrol a face.</source>
        <translation>Hier gibt es keine echte Kamera, und nur mit einer echten lässt sich ein Gesicht einlernen.</translation>
    </message>
</context>
<context>
    <name>CameraTile</name>
    <message>
        <source>Live picture</source>
        <translation>Livebild</translation>
    </message>
</context>
<context>
    <name>CaptureStep</name>
    <message>
        <source>&amp;Start again</source>
        <translation>&amp;Von vorn beginnen</translation>
    </message>
    <message>
        <source>I &amp;can&apos;t turn my head</source>
        <translation>Ich kann den &amp;Kopf nicht drehen</translation>
    </message>
    <message>
        <source>Let me get to know you</source>
        <translation>Lass mich dich kennenlernen</translation>
    </message>
    <message>
        <source>Look</source>
        <translation>Blickrichtung</translation>
    </message>
    <message>
        <source>Pictures are taken by themselves. Take all the time you need.</source>
        <translation>Die Bilder entstehen von selbst. Nimm dir so viel Zeit, wie du brauchst.</translation>
    </message>
    <message>
        <source>The camera is waking up…</source>
        <translation>Die Kamera wacht auf …</translation>
    </message>
    <message>
        <source>{pose}: done</source>
        <translation>{pose}: fertig</translation>
    </message>
    <message>
        <source>{taken} of {wanted} pictures taken</source>
        <translation>{taken} von {wanted} Bildern aufgenommen</translation>
    </message>
</context>
<context>
    <name>ComingBack</name>
    <message>
        <source>It is too dark to look out for you. Press Esc to use your face.</source>
        <translation>Es ist zu dunkel, um nach dir Ausschau zu halten. Drück Esc, um dein Gesicht zu nutzen.</translation>
    </message>
    <message>
        <source>Locked. It looks for you again once you have been away, or when you press Esc.</source>
        <translation>Gesperrt. Facelock sucht dich wieder, sobald du weg warst oder wenn du Esc drückst.</translation>
    </message>
    <message>
        <source>Looking out for you.</source>
        <translation>Hält nach dir Ausschau.</translation>
    </message>
    <message>
        <source>The camera is off. Press Esc or click the ring to use your face.</source>
        <translation>Die Kamera ist aus. Drück Esc oder klick auf den Ring, um dein Gesicht zu nutzen.</translation>
    </message>
</context>
<context>
    <name>ComparePage</name>
    <message>
        <source>Are these two pictures of the same person? Nothing you show here is kept.</source>
        <translation>Zeigen diese beiden Bilder dieselbe Person? Nichts, was du hier zeigst, wird behalten.</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>Vergleichen</translation>
    </message>
    <message>
        <source>Drop a picture here, paste one, or open a file.</source>
        <translation>Zieh ein Bild hierher, füge eines ein oder öffne eine Datei.</translation>
    </message>
    <message>
        <source>First picture</source>
        <translation>Erstes Bild</translation>
    </message>
    <message>
        <source>Press the camera button once more to take the picture.</source>
        <translation>Drück noch einmal auf den Kameraknopf, um das Bild aufzunehmen.</translation>
    </message>
    <message>
        <source>Second picture</source>
        <translation>Zweites Bild</translation>
    </message>
    <message>
        <source>The camera is starting…</source>
        <translation>Die Kamera startet …</translation>
    </message>
</context>
<context>
    <name>ComparisonCard</name>
    <message>
        <source>MATCHED</source>
        <translation>DIESELBE PERSON</translation>
    </message>
    <message>
        <source>NOT MATCHED</source>
        <translation>NICHT DIESELBE PERSON</translation>
    </message>
    <message>
        <source>The first face, as the network sees it</source>
        <translation>Das erste Gesicht, wie das Netz es sieht</translation>
    </message>
    <message>
        <source>The second face, as the network sees it</source>
        <translation>Das zweite Gesicht, wie das Netz es sieht</translation>
    </message>
</context>
<context>
    <name>ConfirmPassphrase</name>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Facelock</source>
        <translation>Facelock</translation>
    </message>
    <message>
        <source>Please confirm</source>
        <translation>Bitte bestätigen</translation>
    </message>
    <message>
        <source>Your &amp;passphrase</source>
        <translation>Deine &amp;Passphrase</translation>
    </message>
    <message>
        <source>Your passphrase</source>
        <translation>Deine Passphrase</translation>
    </message>
</context>
<context>
    <name>ConsentStep</name>
    <message>
        <source>A row of numbers measured from your face, and small cut-outs of it, so that you need not enrol again after an update.</source>
        <translation>Eine Reihe von Zahlen, an deinem Gesicht gemessen, und kleine Ausschnitte davon, damit du dein Gesicht nach einem Update nicht neu einlernen musst.</translation>
    </message>
    <message>
        <source>A webcam can mistake close relatives for you. An identical twin gets in.</source>
        <translation>Eine Webcam kann nahe Verwandte mit dir verwechseln. Ein eineiiger Zwilling kommt hinein.</translation>
    </message>
    <message>
        <source>Before the camera looks</source>
        <translation>Bevor die Kamera hinschaut</translation>
    </message>
    <message>
        <source>Encrypted, on this computer only. Nothing is ever sent anywhere.</source>
        <translation>Verschlüsselt, nur auf diesem Computer. Nie wird irgendetwas irgendwohin geschickt.</translation>
    </message>
    <message>
        <source>Erase it at any time under People: pictures, numbers and keys go.</source>
        <translation>Lösche es jederzeit unter Personen: Bilder, Zahlen und Schlüssel verschwinden.</translation>
    </message>
    <message>
        <source>I &amp;agree that my face is measured on this computer</source>
        <translation>Ich bin &amp;einverstanden, dass mein Gesicht auf diesem Computer vermessen wird</translation>
    </message>
    <message>
        <source>It is no depth camera: a good photo of you may deceive it.</source>
        <translation>Sie ist keine Tiefenkamera: Ein gutes Foto von dir kann sie täuschen.</translation>
    </message>
    <message>
        <source>What is kept</source>
        <translation>Was behalten wird</translation>
    </message>
    <message>
        <source>What it can and cannot do</source>
        <translation>Was es kann und was nicht</translation>
    </message>
    <message>
        <source>While Facelock is open, the camera looks twice a second whether you are still there. No picture of that is kept, and Settings switch it off.</source>
        <translation>Solange Facelock offen ist, schaut die Kamera zweimal in der Sekunde, ob du noch da bist. Davon wird kein Bild gespeichert, und in den Einstellungen lässt es sich abschalten.</translation>
    </message>
    <message>
        <source>Your face is a convenience. Your passphrase is the key, and always works.</source>
        <translation>Dein Gesicht ist die Bequemlichkeit. Deine Passphrase ist der Schlüssel und funktioniert immer.</translation>
    </message>
    <message>
        <source>Your face is personal. This is what happens to it, and what does not.</source>
        <translation>Dein Gesicht ist persönlich. Das hier geschieht damit, und das nicht.</translation>
    </message>
</context>
<context>
    <name>Countdown</name>
    <message>
        <source>Locking in {seconds} s. Come back into view, or press a key.</source>
        <translation>Sperrt in {seconds} s. Komm zurück ins Bild oder drück eine Taste.</translation>
    </message>
    <message>
        <source>Locking in {seconds} s. Look at the camera.</source>
        <translation>Sperrt in {seconds} s. Schau in die Kamera.</translation>
    </message>
</context>
<context>
    <name>CurtainCard</name>
    <message>
        <source>A plain curtain hides your screens from glances until Facelock opens. It is no lock: the desktop&apos;s own keys, another program or a second console get past it.</source>
        <translation>Ein schlichter Vorhang schützt deine Bildschirme vor Blicken, bis Facelock aufgeht. Er ist keine Sperre: Tasten der Arbeitsumgebung, ein anderes Programm oder eine zweite Konsole kommen an ihm vorbei.</translation>
    </message>
    <message>
        <source>Cover every screen while Facelock is locked</source>
        <translation>Alle Bildschirme verdecken, solange Facelock gesperrt ist</translation>
    </message>
    <message>
        <source>Lock the whole session</source>
        <translation>Die ganze Sitzung sperren</translation>
    </message>
    <message>
        <source>On this desktop (Wayland) no program may choose its place or stay on top: the curtain can miss a screen, and other windows can come before it.</source>
        <translation>Auf dieser Arbeitsfläche (Wayland) darf kein Programm seinen Platz wählen oder vorn bleiben: Der Vorhang kann einen Bildschirm verfehlen, und andere Fenster können vor ihm liegen.</translation>
    </message>
    <message>
        <source>That holds until Facelock is closed: it could not be saved.</source>
        <translation>Das gilt, bis Facelock geschlossen wird: Es ließ sich nicht speichern.</translation>
    </message>
    <message>
        <source>The system did not lock. Use its own key or menu for that.</source>
        <translation>Das System hat nicht gesperrt. Nimm dafür seine eigene Taste oder sein Menü.</translation>
    </message>
    <message>
        <source>This is the real lock: it asks for your system password and locks Facelock too.</source>
        <translation>Das ist die echte Sperre: Sie fragt nach deinem Systempasswort und sperrt auch Facelock.</translation>
    </message>
    <message>
        <source>To lock the computer, use your system&apos;s own lock: Facelock cannot reach it here.</source>
        <translation>Um den Computer zu sperren, nimm die Sperre deines Systems: Facelock erreicht sie hier nicht.</translation>
    </message>
</context>
<context>
    <name>CurtainPane</name>
    <message>
        <source>Facelock</source>
        <translation>Facelock</translation>
    </message>
    <message>
        <source>Facelock is locked</source>
        <translation>Facelock ist gesperrt</translation>
    </message>
    <message>
        <source>Locked</source>
        <translation>Gesperrt</translation>
    </message>
    <message>
        <source>Press a key or click to open Facelock.</source>
        <translation>Drücke eine Taste oder klicke, um Facelock zu öffnen.</translation>
    </message>
</context>
<context>
    <name>DemoBadge</name>
    <message>
        <source>DEMO</source>
        <translation>DEMO</translation>
    </message>
    <message>
        <source>Demo: simulated camera, nothing here is protected</source>
        <translation>Demo: simulierte Kamera, hier ist nichts geschützt</translation>
    </message>
</context>
<context>
    <name>DemoStage</name>
    <message>
        <source>Demo. The camera sees:</source>
        <translation>Demo. Die Kamera sieht:</translation>
    </message>
    <message>
        <source>Portraits: NASA, U.S. Navy</source>
        <translation>Porträts: NASA, U.S. Navy</translation>
    </message>
    <message>
        <source>both</source>
        <translation>beide</translation>
    </message>
    <message>
        <source>no light</source>
        <translation>kein Licht</translation>
    </message>
    <message>
        <source>nobody</source>
        <translation>niemand</translation>
    </message>
</context>
<context>
    <name>DensityPlot</name>
    <message>
        <source>Before, it was {mated} and {non_mated}.</source>
        <translation>Vorher waren es {mated} und {non_mated}.</translation>
    </message>
    <message>
        <source>Pictures of the same person lie around a distance of {mated}, of different people around {non_mated}.</source>
        <translation>Bilder derselben Person liegen um einen Abstand von {mated}, die verschiedener Personen um {non_mated}.</translation>
    </message>
    <message>
        <source>counts as the same up to here</source>
        <translation>bis hier gilt es als dieselbe</translation>
    </message>
    <message>
        <source>dashed: before</source>
        <translation>gestrichelt: vorher</translation>
    </message>
    <message>
        <source>different people</source>
        <translation>verschiedene Personen</translation>
    </message>
    <message>
        <source>distance between two pictures</source>
        <translation>Abstand zweier Bilder</translation>
    </message>
    <message>
        <source>how often</source>
        <translation>wie oft</translation>
    </message>
    <message>
        <source>same person</source>
        <translation>dieselbe Person</translation>
    </message>
</context>
<context>
    <name>DetPlot</name>
    <message>
        <source>How well you are told apart</source>
        <translation>Wie gut du unterschieden wirst</translation>
    </message>
    <message>
        <source>people of our test data, one picture each</source>
        <translation>Personen unserer Testdaten, je ein Bild</translation>
    </message>
    <message>
        <source>strangers let in</source>
        <translation>eingelassene Fremde</translation>
    </message>
    <message>
        <source>where your line is</source>
        <translation>wo deine Schwelle liegt</translation>
    </message>
    <message>
        <source>you refused</source>
        <translation>du abgewiesen</translation>
    </message>
    <message>
        <source>your own pictures</source>
        <translation>deine eigenen Bilder</translation>
    </message>
    <message>
        <source>{number} %</source>
        <translation>{number} %</translation>
    </message>
</context>
<context>
    <name>DistanceScale</name>
    <message>
        <source>Distance against the threshold</source>
        <translation>Abstand im Vergleich zur Schwelle</translation>
    </message>
    <message>
        <source>Distance {distance}, threshold {threshold}, on a scale from 0 to {end}.</source>
        <translation>Abstand {distance}, Schwelle {threshold}, auf einer Skala von 0 bis {end}.</translation>
    </message>
    <message>
        <source>Distance {distance}.</source>
        <translation>Abstand {distance}.</translation>
    </message>
    <message>
        <source>It would count as different people.</source>
        <translation>Das gälte als verschiedene Personen.</translation>
    </message>
    <message>
        <source>It would count as the same person.</source>
        <translation>Das gälte als dieselbe Person.</translation>
    </message>
    <message>
        <source>pairs of different people</source>
        <translation>Paare verschiedener Personen</translation>
    </message>
    <message>
        <source>pairs of the same person</source>
        <translation>Paare derselben Person</translation>
    </message>
    <message>
        <source>this pair {distance}</source>
        <translation>dieses Paar {distance}</translation>
    </message>
    <message>
        <source>threshold {threshold}</source>
        <translation>Schwelle {threshold}</translation>
    </message>
</context>
<context>
    <name>DoneStep</name>
    <message>
        <source>From now on a glance is enough, and your passphrase always works.</source>
        <translation>Ab jetzt genügt ein Blick, und deine Passphrase funktioniert immer.</translation>
    </message>
    <message>
        <source>Keep your passphrase safe: it is asked for now and then.</source>
        <translation>Bewahre deine Passphrase gut auf: Ab und zu wird danach gefragt.</translation>
    </message>
    <message>
        <source>Lock with Ctrl+L whenever you leave.</source>
        <translation>Sperre mit Strg+L, wann immer du gehst.</translation>
    </message>
    <message>
        <source>Under People you can enrol others, or erase yourself.</source>
        <translation>Unter Personen kannst du andere einlernen oder dich löschen.</translation>
    </message>
    <message>
        <source>You are enrolled</source>
        <translation>Dein Gesicht ist eingelernt</translation>
    </message>
</context>
<context>
    <name>DropSign</name>
    <message>
        <source>Drop to encrypt into the vault</source>
        <translation>Loslassen, um es in den Tresor zu verschlüsseln</translation>
    </message>
</context>
<context>
    <name>EnrolmentWizard</name>
    <message>
        <source>&amp;Back</source>
        <translation>&amp;Zurück</translation>
    </message>
    <message>
        <source>&amp;Begin</source>
        <translation>&amp;Los geht’s</translation>
    </message>
    <message>
        <source>&amp;Done</source>
        <translation>&amp;Fertig</translation>
    </message>
    <message>
        <source>&amp;Enrol</source>
        <translation>&amp;Einlernen</translation>
    </message>
    <message>
        <source>&amp;Next</source>
        <translation>&amp;Weiter</translation>
    </message>
    <message>
        <source>&amp;Save and finish</source>
        <translation>S&amp;peichern und abschließen</translation>
    </message>
    <message>
        <source>A new person is about to be enrolled.</source>
        <translation>Gleich wird eine neue Person eingelernt.</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Enrol a person</source>
        <translation>Person einlernen</translation>
    </message>
    <message>
        <source>Keep your recovery key first: it is shown this once only.</source>
        <translation>Bewahre zuerst deinen Wiederherstellungsschlüssel auf: Er wird nur dieses eine Mal gezeigt.</translation>
    </message>
    <message>
        <source>Saving…</source>
        <translation>Wird gespeichert …</translation>
    </message>
    <message>
        <source>Step {number} of {of}</source>
        <translation>Schritt {number} von {of}</translation>
    </message>
</context>
<context>
    <name>EraseCard</name>
    <message>
        <source>Erase everybody&apos;s face data, keys and vaults, the preferences, the log, and what is in this computer&apos;s keyring. Backups are not touched.</source>
        <translation>Löscht die Gesichtsdaten, Schlüssel und Tresore aller Personen, die Voreinstellungen, das Protokoll und was im Schlüsselbund dieses Computers liegt. Sicherungen bleiben unberührt.</translation>
    </message>
    <message>
        <source>Erase everything…</source>
        <translation>Alles löschen …</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>Next you are asked whether everything shall be erased.</source>
        <translation>Als Nächstes wirst du gefragt, ob alles gelöscht werden soll.</translation>
    </message>
</context>
<context>
    <name>EraseDialog</name>
    <message>
        <source>&amp;Type “{phrase}” to go on</source>
        <translation>&amp;Tippe „{phrase}“, um weiterzugehen</translation>
    </message>
    <message>
        <source>A solid-state disk may keep old copies for a while. They are encrypted, and their keys are erased first. Backups that you made stay where they are.</source>
        <translation>Eine SSD kann alte Kopien noch eine Weile behalten. Sie sind verschlüsselt, und ihre Schlüssel werden zuerst gelöscht. Sicherungen, die du angelegt hast, bleiben, wo sie sind.</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Erase everything</source>
        <translation>Alles löschen</translation>
    </message>
    <message>
        <source>Erase everything?</source>
        <translation>Alles löschen?</translation>
    </message>
    <message>
        <source>Facelock</source>
        <translation>Facelock</translation>
    </message>
    <message>
        <source>This cannot be undone, by nobody. It is everybody&apos;s data, not only yours.</source>
        <translation>Das kann niemand rückgängig machen. Es sind die Daten aller, nicht nur deine.</translation>
    </message>
    <message>
        <source>erase everything</source>
        <translation>alles löschen</translation>
    </message>
</context>
<context>
    <name>FiguresTable</name>
    <message>
        <source>Before and after</source>
        <translation>Vorher und nachher</translation>
    </message>
</context>
<context>
    <name>FirstRunPage</name>
    <message>
        <source>&amp;Begin</source>
        <translation>&amp;Los geht’s</translation>
    </message>
    <message>
        <source>A glance is enough. You are recognised within a second.</source>
        <translation>Ein Blick genügt. Du wirst innerhalb einer Sekunde erkannt.</translation>
    </message>
    <message>
        <source>A webcam is no depth camera: a twin may get past it.</source>
        <translation>Eine Webcam ist keine Tiefenkamera: Ein Zwilling kann an ihr vorbeikommen.</translation>
    </message>
    <message>
        <source>It does not replace the login of your computer.</source>
        <translation>Es ersetzt nicht die Anmeldung an deinem Computer.</translation>
    </message>
    <message>
        <source>Nothing leaves this computer. No account, no cloud.</source>
        <translation>Nichts verlässt diesen Computer. Kein Konto, keine Cloud.</translation>
    </message>
    <message>
        <source>Welcome to Facelock</source>
        <translation>Willkommen bei Facelock</translation>
    </message>
    <message>
        <source>Your passphrase always works, with or without a camera.</source>
        <translation>Deine Passphrase funktioniert immer, mit oder ohne Kamera.</translation>
    </message>
    <message>
        <source>Your private corner of this computer, opened with a glance.</source>
        <translation>Deine private Ecke auf diesem Computer, mit einem Blick geöffnet.</translation>
    </message>
</context>
<context>
    <name>FoldButton</name>
    <message>
        <source>closed</source>
        <translation>zugeklappt</translation>
    </message>
    <message>
        <source>open</source>
        <translation>aufgeklappt</translation>
    </message>
</context>
<context>
    <name>ForgottenDialog</name>
    <message>
        <source>&amp;Open</source>
        <translation>Ö&amp;ffnen</translation>
    </message>
    <message>
        <source>&amp;Recovery key</source>
        <translation>&amp;Wiederherstellungsschlüssel</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Enter the recovery key you kept, which begins with AGE-SECRET-KEY-1, and choose a new passphrase. The old one opens nothing afterwards. Without the recovery key nobody can open Facelock for you; there is no other way in.</source>
        <translation>Gib den Wiederherstellungsschlüssel ein, den du aufbewahrt hast (er beginnt mit AGE-SECRET-KEY-1), und wähle eine neue Passphrase. Die alte öffnet danach nichts mehr. Ohne den Wiederherstellungsschlüssel kann niemand Facelock für dich öffnen; einen anderen Weg hinein gibt es nicht.</translation>
    </message>
    <message>
        <source>Facelock</source>
        <translation>Facelock</translation>
    </message>
    <message>
        <source>Forgot your passphrase?</source>
        <translation>Passphrase vergessen?</translation>
    </message>
    <message>
        <source>From a &amp;file…</source>
        <translation>Aus einer &amp;Datei …</translation>
    </message>
    <message>
        <source>Open the saved recovery key</source>
        <translation>Gespeicherten Wiederherstellungsschlüssel öffnen</translation>
    </message>
    <message>
        <source>Recovery key</source>
        <translation>Wiederherstellungsschlüssel</translation>
    </message>
    <message>
        <source>That file cannot be read.</source>
        <translation>Diese Datei lässt sich nicht lesen.</translation>
    </message>
</context>
<context>
    <name>Handing</name>
    <message>
        <source>Export to a folder</source>
        <translation>In einen Ordner exportieren</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>That is more than {size}, too much for dragging. Export it instead.</source>
        <translation>Das ist mehr als {size}, zu viel zum Ziehen. Exportiere es stattdessen.</translation>
    </message>
    <message>
        <source>What you drag to another program is written to the disk, decrypted, until Facelock locks. After the passphrase, drag it again.</source>
        <translation>Was du in ein anderes Programm ziehst, liegt entschlüsselt auf der Festplatte, bis Facelock sperrt. Zieh es nach der Passphrase noch einmal.</translation>
    </message>
    <message>
        <source>You can drag it out now.</source>
        <translation>Jetzt kannst du es herausziehen.</translation>
    </message>
    <message>
        <source>{items} will be written to a folder of your choice, decrypted.</source>
        <translation>Wird entschlüsselt in einen Ordner deiner Wahl geschrieben: {items}.</translation>
    </message>
</context>
<context>
    <name>InTray</name>
    <message>
        <source>Facelock is locked and stays in the tray. Quit ends it.</source>
        <translation>Facelock ist gesperrt und bleibt im Infobereich. „Beenden“ beendet es.</translation>
    </message>
</context>
<context>
    <name>KeysCard</name>
    <message>
        <source>Change the passphrase…</source>
        <translation>Passphrase ändern …</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>New recovery key…</source>
        <translation>Neuer Schlüssel …</translation>
    </message>
    <message>
        <source>The passphrase is about to be changed.</source>
        <translation>Gleich wird die Passphrase geändert.</translation>
    </message>
    <message>
        <source>The passphrase is changed.</source>
        <translation>Die Passphrase ist geändert.</translation>
    </message>
    <message>
        <source>You have a recovery key: it opens everything without the passphrase.</source>
        <translation>Du hast einen Wiederherstellungsschlüssel: Er öffnet alles ohne die Passphrase.</translation>
    </message>
    <message>
        <source>You have no recovery key: a forgotten passphrase would be the end.</source>
        <translation>Du hast keinen Wiederherstellungsschlüssel: Eine vergessene Passphrase wäre das Ende.</translation>
    </message>
</context>
<context>
    <name>KeysEntry</name>
    <message>
        <source>Passphrase and recovery key</source>
        <translation>Passphrase und Wiederherstellungsschlüssel</translation>
    </message>
</context>
<context>
    <name>LevelBody</name>
    <message>
        <source>Change the level</source>
        <translation>Stufe ändern</translation>
    </message>
    <message>
        <source>Is it really you</source>
        <translation>Bist du es wirklich</translation>
    </message>
    <message>
        <source>The lock is {level} now.</source>
        <translation>Für die Sperre gilt jetzt die Stufe {level}.</translation>
    </message>
    <message>
        <source>The lock will be {level} from now on.</source>
        <translation>Ab jetzt gilt für die Sperre die Stufe {level}.</translation>
    </message>
    <message>
        <source>Under Locking you chose that it locks after {time} without use.</source>
        <translation>Unter Sperren hast du gewählt, dass nach {time} ohne Benutzung gesperrt wird.</translation>
    </message>
</context>
<context>
    <name>LightMeter</name>
    <message>
        <source>It cannot be measured now.</source>
        <translation>Es lässt sich gerade nicht messen.</translation>
    </message>
    <message>
        <source>It looks only while it measures. The green line is where it is good.</source>
        <translation>Es schaut nur, solange es misst. Die grüne Linie ist, wo es gut ist.</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Licht</translation>
    </message>
    <message>
        <source>Light: a little dark. It opens; enrol in more light.</source>
        <translation>Licht: etwas dunkel. Es öffnet; lerne dein Gesicht bei mehr Licht ein.</translation>
    </message>
    <message>
        <source>Light: good</source>
        <translation>Licht: gut</translation>
    </message>
    <message>
        <source>Light: looking…</source>
        <translation>Licht: wird gemessen …</translation>
    </message>
    <message>
        <source>Light: no face to be seen. Look at the camera.</source>
        <translation>Licht: kein Gesicht zu sehen. Schau in die Kamera.</translation>
    </message>
    <message>
        <source>Light: none. Open the camera&apos;s shutter, or turn on a light.</source>
        <translation>Licht: keins. Öffne die Blende der Kamera oder mach Licht an.</translation>
    </message>
    <message>
        <source>Light: not measured</source>
        <translation>Licht: nicht gemessen</translation>
    </message>
    <message>
        <source>Light: rather bright. It opens all the same.</source>
        <translation>Licht: recht hell. Es öffnet trotzdem.</translation>
    </message>
    <message>
        <source>Light: too bright. Turn away from the lamp or sun.</source>
        <translation>Licht: zu hell. Dreh dich von der Lampe oder Sonne weg.</translation>
    </message>
    <message>
        <source>Light: too dark. Turn on a lamp in front of you.</source>
        <translation>Licht: zu dunkel. Schalte eine Lampe vor dir ein.</translation>
    </message>
    <message>
        <source>Measure light and sharpness</source>
        <translation>Licht und Schärfe messen</translation>
    </message>
    <message>
        <source>Sharpness</source>
        <translation>Schärfe</translation>
    </message>
    <message>
        <source>Sharpness: a little soft. It opens; enrol with a sharper picture.</source>
        <translation>Schärfe: etwas weich. Es öffnet; lerne dein Gesicht mit einem schärferen Bild ein.</translation>
    </message>
    <message>
        <source>Sharpness: blurred. Hold still, or wipe the lens.</source>
        <translation>Schärfe: verwischt. Halt still oder putz die Linse.</translation>
    </message>
    <message>
        <source>Sharpness: good</source>
        <translation>Schärfe: gut</translation>
    </message>
    <message>
        <source>Sharpness: looking…</source>
        <translation>Schärfe: wird gemessen …</translation>
    </message>
    <message>
        <source>Sharpness: no face to be seen</source>
        <translation>Schärfe: kein Gesicht zu sehen</translation>
    </message>
    <message>
        <source>Sharpness: not measured</source>
        <translation>Schärfe: nicht gemessen</translation>
    </message>
    <message>
        <source>Stop measuring</source>
        <translation>Nicht mehr messen</translation>
    </message>
    <message>
        <source>the chosen camera</source>
        <translation>die gewählte Kamera</translation>
    </message>
</context>
<context>
    <name>LivePicture</name>
    <message>
        <source>Live picture of {camera}</source>
        <translation>Livebild von {camera}</translation>
    </message>
</context>
<context>
    <name>Liveness</name>
    <message>
        <source>Photos and screens held before the camera are looked for and refused. A good video of you may still get past: less easily at Strict, where you are asked to turn your head.</source>
        <translation>Fotos und Bildschirme vor der Kamera werden gesucht und abgewiesen. Ein gutes Video von dir kann trotzdem durchkommen: weniger leicht bei Streng, wo du den Kopf drehen sollst.</translation>
    </message>
    <message>
        <source>This demo looks for no photos or screens: its people are pictures.</source>
        <translation>Diese Demo achtet nicht auf Fotos oder Bildschirme: Ihre Personen sind Bilder.</translation>
    </message>
</context>
<context>
    <name>LivenessCard</name>
    <message>
        <source>At Strict, ask me to close my eyes, not to turn my head</source>
        <translation>Bei Streng soll ich die Augen schließen statt den Kopf zu drehen</translation>
    </message>
    <message>
        <source>Change it</source>
        <translation>Ändern</translation>
    </message>
    <message>
        <source>Changed, for everybody on this computer.</source>
        <translation>Geändert, für alle an diesem Computer.</translation>
    </message>
    <message>
        <source>For who cannot turn their head. A recording of you has a somewhat better chance then. Your passphrase always works in place of both.</source>
        <translation>Für alle, die den Kopf nicht drehen können. Eine Aufnahme von dir hat dann etwas bessere Chancen. Deine Passphrase funktioniert immer anstelle von beidem.</translation>
    </message>
    <message>
        <source>From now on shut eyes open Facelock too.</source>
        <translation>Ab jetzt öffnen auch geschlossene Augen Facelock.</translation>
    </message>
    <message>
        <source>From now on your eyes have to be open.</source>
        <translation>Ab jetzt müssen deine Augen offen sein.</translation>
    </message>
    <message>
        <source>My eyes must be open and on the camera</source>
        <translation>Meine Augen müssen offen und auf die Kamera gerichtet sein</translation>
    </message>
    <message>
        <source>Strict will ask to close the eyes for a moment.</source>
        <translation>Bei Streng sollen kurz die Augen geschlossen werden.</translation>
    </message>
    <message>
        <source>Strict will ask to turn the head.</source>
        <translation>Bei Streng soll der Kopf gedreht werden.</translation>
    </message>
    <message>
        <source>Switch this off only if the camera cannot see your eyes. Then your face may open Facelock while you sleep.</source>
        <translation>Schalte das nur aus, wenn die Kamera deine Augen nicht sehen kann. Dann kann dein Gesicht Facelock öffnen, während du schläfst.</translation>
    </message>
    <message>
        <source>The demo&apos;s people are pictures: nothing is asked of them.</source>
        <translation>Die Personen der Demo sind Bilder: Von ihnen wird nichts verlangt.</translation>
    </message>
</context>
<context>
    <name>LockPage</name>
    <message>
        <source>&amp;Forgot your passphrase?</source>
        <translation>Passphrase &amp;vergessen?</translation>
    </message>
    <message>
        <source>&amp;Passphrase</source>
        <translation>&amp;Passphrase</translation>
    </message>
    <message>
        <source>&amp;Unlock</source>
        <translation>&amp;Entsperren</translation>
    </message>
    <message>
        <source>Checking…</source>
        <translation>Wird geprüft …</translation>
    </message>
    <message>
        <source>Facelock is locked</source>
        <translation>Facelock ist gesperrt</translation>
    </message>
    <message>
        <source>It is too dark for the camera. This page lights up for you; or type your passphrase.</source>
        <translation>Für die Kamera ist es zu dunkel. Diese Seite macht dir Licht; oder tippe deine Passphrase.</translation>
    </message>
    <message>
        <source>Passphrase</source>
        <translation>Passphrase</translation>
    </message>
    <message>
        <source>Type your passphrase.</source>
        <translation>Gib deine Passphrase ein.</translation>
    </message>
    <message>
        <source>Unlocked. Welcome back.</source>
        <translation>Entsperrt. Willkommen zurück.</translation>
    </message>
    <message>
        <source>Use your face, or type your passphrase.</source>
        <translation>Nutze dein Gesicht oder gib deine Passphrase ein.</translation>
    </message>
    <message>
        <source>Whose passphrase is it? Choose a name first.</source>
        <translation>Wessen Passphrase ist das? Wähle zuerst einen Namen.</translation>
    </message>
</context>
<context>
    <name>LockScan</name>
    <message>
        <source>Choose your name, then look at the camera.</source>
        <translation>Wähle deinen Namen und schau dann in die Kamera.</translation>
    </message>
    <message>
        <source>Waking up. Your passphrase works already.</source>
        <translation>Ich wache auf. Deine Passphrase funktioniert schon.</translation>
    </message>
    <message>
        <source>Your face works again in {time}. Your passphrase works now.</source>
        <translation>Dein Gesicht funktioniert wieder in {time}. Deine Passphrase funktioniert jetzt.</translation>
    </message>
</context>
<context>
    <name>LockingBody</name>
    <message>
        <source>A shorter time holds at once. A longer one weakens the lock and takes your passphrase; if it is longer than the level&apos;s, it ends with a stricter level.</source>
        <translation>Eine kürzere Zeit gilt sofort. Eine längere schwächt die Sperre und braucht deine Passphrase; ist sie länger als die der Stufe, endet sie mit einer strengeren Stufe.</translation>
    </message>
    <message>
        <source>After {count} failed glances only the passphrase opens.</source>
        <translation>Nach {count} Fehlversuchen öffnet nur noch die Passphrase.</translation>
    </message>
    <message>
        <source>As {level} says: {time}</source>
        <translation>Nach {time}, wie bei {level}</translation>
    </message>
    <message>
        <source>Change it</source>
        <translation>Ändern</translation>
    </message>
    <message>
        <source>From now on Facelock stays open for {time} without use.</source>
        <translation>Ab jetzt sperrt Facelock erst nach {time} ohne Benutzung.</translation>
    </message>
    <message>
        <source>It also locks when the screen locks, before the computer sleeps, when the lid is closed and when another user takes over.</source>
        <translation>Facelock sperrt auch, wenn der Bildschirm gesperrt wird, bevor der Computer schläft, wenn der Deckel zugeklappt wird und wenn jemand anderes sich anmeldet.</translation>
    </message>
    <message>
        <source>It locks after {time} without use, from now on.</source>
        <translation>Ab jetzt wird nach {time} ohne Benutzung gesperrt.</translation>
    </message>
    <message>
        <source>Lock now</source>
        <translation>Jetzt sperren</translation>
    </message>
    <message>
        <source>Lock now (Ctrl+L)</source>
        <translation>Jetzt sperren (Strg+L)</translation>
    </message>
    <message>
        <source>Lock when nobody has used the computer for</source>
        <translation>Sperren, wenn der Computer so lange nicht benutzt wurde</translation>
    </message>
    <message>
        <source>Lock when nobody has used the window for</source>
        <translation>Sperren, wenn das Fenster so lange nicht benutzt wurde</translation>
    </message>
    <message>
        <source>Opening again</source>
        <translation>Wieder öffnen</translation>
    </message>
    <message>
        <source>The passphrase is asked for after {days} at the latest, and whenever the computer was started anew.</source>
        <translation>Spätestens nach {days} wird nach der Passphrase gefragt, und immer, wenn der Computer neu gestartet wurde.</translation>
    </message>
    <message>
        <source>The passphrase is asked for after {days} at the latest.</source>
        <translation>Spätestens nach {days} wird nach der Passphrase gefragt.</translation>
    </message>
    <message>
        <source>What others see</source>
        <translation>Was andere sehen</translation>
    </message>
    <message>
        <source>While a second face is in the picture no face opens anything, and no failed glance is counted: whoever looks over your shoulder gets nowhere, and does you no harm.</source>
        <translation>Solange ein zweites Gesicht im Bild ist, öffnet kein Gesicht etwas, und kein Fehlversuch wird gezählt: Wer dir über die Schulter schaut, kommt nicht weiter und schadet dir nicht.</translation>
    </message>
</context>
<context>
    <name>LookBody</name>
    <message>
        <source>That holds until Facelock is closed: it could not be saved.</source>
        <translation>Das gilt, bis Facelock geschlossen wird: Es ließ sich nicht speichern.</translation>
    </message>
</context>
<context>
    <name>LookRow</name>
    <message>
        <source>Remove a look of {name}: {look}</source>
        <translation>Ein Aussehen von {name} entfernen: {look}</translation>
    </message>
</context>
<context>
    <name>LossPlot</name>
    <message>
        <source>After {count} epochs the loss is {now}; it began at {first}.</source>
        <translation>Nach {count} Durchgängen ist der Verlust {now}; er begann bei {first}.</translation>
    </message>
    <message>
        <source>The loss while it learns</source>
        <translation>Der Verlust während des Lernens</translation>
    </message>
    <message>
        <source>epoch</source>
        <translation>Durchgang</translation>
    </message>
    <message>
        <source>loss, mean of an epoch</source>
        <translation>Verlust, Mittel eines Durchgangs</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Facelock</source>
        <translation>Facelock</translation>
    </message>
</context>
<context>
    <name>Mishap</name>
    <message>
        <source>Facelock</source>
        <translation>Facelock</translation>
    </message>
</context>
<context>
    <name>NavigationRail</name>
    <message>
        <source>Facelock</source>
        <translation>Facelock</translation>
    </message>
    <message>
        <source>Lock</source>
        <translation>Sperren</translation>
    </message>
    <message>
        <source>Lock now (Ctrl+L)</source>
        <translation>Jetzt sperren (Strg+L)</translation>
    </message>
</context>
<context>
    <name>NoteEditor</name>
    <message>
        <source>Not saved yet</source>
        <translation>Noch nicht gespeichert</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Save (Ctrl+S). Leaving the note saves it too.</source>
        <translation>Speichern (Strg+S). Auch beim Verlassen wird die Notiz gespeichert.</translation>
    </message>
    <message>
        <source>Saved, encrypted</source>
        <translation>Gespeichert, verschlüsselt</translation>
    </message>
    <message>
        <source>Text of the note</source>
        <translation>Text der Notiz</translation>
    </message>
    <message>
        <source>This note is not saved. {why}</source>
        <translation>Diese Notiz ist nicht gespeichert. {why}</translation>
    </message>
    <message>
        <source>This note is not saved: it is too long. Move a part to another note.</source>
        <translation>Diese Notiz ist nicht gespeichert: Sie ist zu lang. Verschiebe einen Teil in eine andere Notiz.</translation>
    </message>
</context>
<context>
    <name>OnlookerCard</name>
    <message>
        <source>A second face that is in the picture for more than a second covers Facelock, until it has gone or you press a key. The camera is on for this while Facelock is open, and looks twice a second. It does not see who stands beside the camera or far away.</source>
        <translation>Ein zweites Gesicht, das länger als eine Sekunde im Bild ist, verdeckt Facelock, bis es fort ist oder du eine Taste drückst. Dafür ist die Kamera an, solange Facelock offen ist, und schaut zweimal in der Sekunde. Wer neben der Kamera oder weit weg steht, wird nicht gesehen.</translation>
    </message>
    <message>
        <source>As {level} says: {choice}</source>
        <translation>Wie {level} es vorsieht: {choice}</translation>
    </message>
    <message>
        <source>Change it</source>
        <translation>Ändern</translation>
    </message>
    <message>
        <source>Changed, for everybody on this computer.</source>
        <translation>Geändert, für alle an diesem Computer.</translation>
    </message>
    <message>
        <source>From now on Facelock shows what is open, whoever looks on.</source>
        <translation>Von jetzt an zeigt Facelock, was offen ist, wer auch mitschaut.</translation>
    </message>
    <message>
        <source>Hide what is open while somebody looks over my shoulder</source>
        <translation>Verdecken, was offen ist, solange mir jemand über die Schulter schaut</translation>
    </message>
</context>
<context>
    <name>OnlookerShield</name>
    <message>
        <source>Somebody is looking on. Look at the camera to go on.</source>
        <translation>Jemand schaut mit. Schau in die Kamera, um weiterzumachen.</translation>
    </message>
    <message>
        <source>Somebody is looking on. Press a key or click to go on.</source>
        <translation>Jemand schaut mit. Drück eine Taste oder klick, um weiterzumachen.</translation>
    </message>
</context>
<context>
    <name>OutcomeCard</name>
    <message>
        <source>Adopt the new one</source>
        <translation>Die neue übernehmen</translation>
    </message>
    <message>
        <source>After</source>
        <translation>Nachher</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>Vorher</translation>
    </message>
    <message>
        <source>Keep the present one</source>
        <translation>Die jetzige behalten</translation>
    </message>
    <message>
        <source>Nothing was changed.</source>
        <translation>Nichts wurde geändert.</translation>
    </message>
    <message>
        <source>The new one is better. It is not in force yet.</source>
        <translation>Die neue ist besser. Sie gilt noch nicht.</translation>
    </message>
    <message>
        <source>The one in force has learnt from pictures that were held back here, so it looks better than it is. To compare with the one that Facelock came with, put that in force under Versions first.</source>
        <translation>Die geltende hat schon aus Bildern gelernt, die hier zurückbehalten wurden, und sieht deshalb besser aus, als sie ist. Um mit der mitgelieferten zu vergleichen, setze diese zuerst unter Versionen in Kraft.</translation>
    </message>
</context>
<context>
    <name>PassphraseDialog</name>
    <message>
        <source>Another passphrase</source>
        <translation>Eine andere Passphrase</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Change the passphrase</source>
        <translation>Passphrase ändern</translation>
    </message>
    <message>
        <source>Facelock</source>
        <translation>Facelock</translation>
    </message>
    <message>
        <source>Your files, your face and your recovery key stay as they are.</source>
        <translation>Deine Dateien, dein Gesicht und dein Wiederherstellungsschlüssel bleiben, wie sie sind.</translation>
    </message>
</context>
<context>
    <name>PassphraseField</name>
    <message>
        <source>Caps Lock is on.</source>
        <translation>Die Feststelltaste ist an.</translation>
    </message>
    <message>
        <source>Hide the passphrase</source>
        <translation>Passphrase verbergen</translation>
    </message>
    <message>
        <source>Show the passphrase</source>
        <translation>Passphrase anzeigen</translation>
    </message>
</context>
<context>
    <name>PassphrasePair</name>
    <message>
        <source>&amp;New passphrase</source>
        <translation>&amp;Neue Passphrase</translation>
    </message>
    <message>
        <source>New passphrase</source>
        <translation>Neue Passphrase</translation>
    </message>
    <message>
        <source>New passphrase once &amp;more</source>
        <translation>Neue Passphrase noch ein&amp;mal</translation>
    </message>
    <message>
        <source>New passphrase once more</source>
        <translation>Neue Passphrase noch einmal</translation>
    </message>
    <message>
        <source>The two passphrases differ. Type the same one twice.</source>
        <translation>Die beiden Passphrasen unterscheiden sich. Gib zweimal dieselbe ein.</translation>
    </message>
</context>
<context>
    <name>PeopleBody</name>
    <message>
        <source>A record does not open. The page of the people says what can be done.</source>
        <translation>Ein Datensatz öffnet sich nicht. Die Seite der Personen sagt, was zu tun ist.</translation>
    </message>
    <message>
        <source>Add, rename or remove people</source>
        <translation>Personen hinzufügen, umbenennen oder entfernen</translation>
    </message>
    <message>
        <source>Inside now</source>
        <translation>Gerade angemeldet</translation>
    </message>
    <message>
        <source>{look}: {count} pictures</source>
        <translation>{look}: {count} Bilder</translation>
    </message>
</context>
<context>
    <name>PeoplePage</name>
    <message>
        <source>A name has 1 to 60 characters that can be shown.</source>
        <translation>Ein Name hat 1 bis 60 Zeichen, die sich anzeigen lassen.</translation>
    </message>
    <message>
        <source>A new face will be able to open Facelock.</source>
        <translation>Ein neues Gesicht wird Facelock öffnen können.</translation>
    </message>
    <message>
        <source>Add a person</source>
        <translation>Person hinzufügen</translation>
    </message>
    <message>
        <source>It is damaged, was changed by hand, or comes from another computer, so it is not used and this face opens nothing. The file was left as it is, and a copy lies beside it. Restore it from a backup, or remove it here and enrol the person again.</source>
        <translation>Er ist beschädigt, wurde von Hand geändert oder stammt von einem anderen Computer. Deshalb wird er nicht benutzt, und dieses Gesicht öffnet nichts. Die Datei blieb, wie sie ist, und eine Kopie liegt daneben. Stelle sie aus einer Sicherung wieder her, oder entferne sie hier und lerne die Person neu ein.</translation>
    </message>
    <message>
        <source>It is yours, so Facelock locks.</source>
        <translation>Es ist deiner, deshalb sperrt Facelock.</translation>
    </message>
    <message>
        <source>Nobody is enrolled. Add a person to unlock with a glance.</source>
        <translation>Niemand ist eingelernt. Füge eine Person hinzu, um mit einem Blick zu entsperren.</translation>
    </message>
    <message>
        <source>People</source>
        <translation>Personen</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Remove the record of person {number}</source>
        <translation>Den Datensatz von Person {number} entfernen</translation>
    </message>
    <message>
        <source>Remove your record</source>
        <translation>Deinen Datensatz entfernen</translation>
    </message>
    <message>
        <source>Removed.</source>
        <translation>Entfernt.</translation>
    </message>
    <message>
        <source>Renamed to {name}.</source>
        <translation>Umbenannt in {name}.</translation>
    </message>
    <message>
        <source>The look was removed.</source>
        <translation>Das Aussehen wurde entfernt.</translation>
    </message>
    <message>
        <source>The record of person {number} does not open</source>
        <translation>Der Datensatz von Person {number} öffnet sich nicht</translation>
    </message>
    <message>
        <source>This erases the damaged record and its copy. It cannot be undone.</source>
        <translation>Das löscht den beschädigten Datensatz und seine Kopie. Es lässt sich nicht rückgängig machen.</translation>
    </message>
    <message>
        <source>This erases {name}: pictures, numbers, keys, and the vault of {name} with every file and note in it. It cannot be undone, and {name} can open Facelock no more.</source>
        <translation>Das löscht {name}: Bilder, Zahlen, Schlüssel und den Tresor von {name} mit jeder Datei und Notiz darin. Es lässt sich nicht rückgängig machen, und {name} kann Facelock nicht mehr öffnen.</translation>
    </message>
    <message>
        <source>Whose face opens Facelock on this computer.</source>
        <translation>Wessen Gesicht Facelock auf diesem Computer öffnet.</translation>
    </message>
    <message>
        <source>Your record does not open</source>
        <translation>Dein Datensatz öffnet sich nicht</translation>
    </message>
    <message>
        <source>{name} will not be recognised by this look any more. That cannot be undone.</source>
        <translation>{name} wird an diesem Aussehen nicht mehr erkannt. Das lässt sich nicht rückgängig machen.</translation>
    </message>
</context>
<context>
    <name>PersonCard</name>
    <message>
        <source>Enrolled on {day}</source>
        <translation>Eingelernt am {day}</translation>
    </message>
    <message>
        <source>Inside now</source>
        <translation>Gerade angemeldet</translation>
    </message>
    <message>
        <source>New name</source>
        <translation>Neuer Name</translation>
    </message>
    <message>
        <source>Remove {name}</source>
        <translation>{name} entfernen</translation>
    </message>
    <message>
        <source>Rename {name}</source>
        <translation>{name} umbenennen</translation>
    </message>
    <message>
        <source>These pictures differ a lot. To be recognised better, remove them and enrol again in better light.</source>
        <translation>Diese Bilder unterscheiden sich stark. Um besser erkannt zu werden, entferne sie und lerne dein Gesicht bei besserem Licht neu ein.</translation>
    </message>
    <message>
        <source>down</source>
        <translation>unten</translation>
    </message>
    <message>
        <source>left</source>
        <translation>links</translation>
    </message>
    <message>
        <source>right</source>
        <translation>rechts</translation>
    </message>
    <message>
        <source>straight on</source>
        <translation>geradeaus</translation>
    </message>
    <message>
        <source>up</source>
        <translation>oben</translation>
    </message>
    <message>
        <source>{count} pictures</source>
        <translation>{count} Bilder</translation>
    </message>
    <message>
        <source>{count}: {poses}</source>
        <translation>{count}: {poses}</translation>
    </message>
</context>
<context>
    <name>PersonStep</name>
    <message>
        <source>&amp;Name</source>
        <translation>&amp;Name</translation>
    </message>
    <message>
        <source>&amp;Passphrase</source>
        <translation>&amp;Passphrase</translation>
    </message>
    <message>
        <source>As others should see it here</source>
        <translation>Wie andere ihn hier sehen sollen</translation>
    </message>
    <message>
        <source>Nobody can give a lost passphrase back to you. Write it down and keep it safe.</source>
        <translation>Niemand kann dir eine verlorene Passphrase zurückgeben. Schreib sie auf und bewahre sie gut auf.</translation>
    </message>
    <message>
        <source>Passphrase</source>
        <translation>Passphrase</translation>
    </message>
    <message>
        <source>Passphrase once &amp;more</source>
        <translation>Passphrase noch ein&amp;mal</translation>
    </message>
    <message>
        <source>Passphrase once more</source>
        <translation>Passphrase noch einmal</translation>
    </message>
    <message>
        <source>Somebody of that name is enrolled. Choose another name.</source>
        <translation>Jemand mit diesem Namen ist schon eingelernt. Wähle einen anderen Namen.</translation>
    </message>
    <message>
        <source>The passphrase is the key to everything here. Your face is the quick way in.</source>
        <translation>Die Passphrase ist der Schlüssel zu allem hier. Dein Gesicht ist der schnelle Weg hinein.</translation>
    </message>
    <message>
        <source>The two passphrases differ. Type the same one twice.</source>
        <translation>Die beiden Passphrasen unterscheiden sich. Gib zweimal dieselbe ein.</translation>
    </message>
    <message>
        <source>This name holds characters that cannot be shown. Leave them out.</source>
        <translation>Dieser Name enthält Zeichen, die sich nicht anzeigen lassen. Lass sie weg.</translation>
    </message>
    <message>
        <source>This passphrase is too easily guessed. {why}</source>
        <translation>Diese Passphrase ist zu leicht zu erraten. {why}</translation>
    </message>
    <message>
        <source>Who are you?</source>
        <translation>Wer bist du?</translation>
    </message>
</context>
<context>
    <name>PicturePane</name>
    <message>
        <source>Drop a picture here, paste one, or open a file.</source>
        <translation>Zieh ein Bild hierher, füge eines ein oder öffne eine Datei.</translation>
    </message>
</context>
<context>
    <name>PictureSide</name>
    <message>
        <source>A picture with one face, outlined</source>
        <translation>Ein Bild mit einem umrandeten Gesicht</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Drop a picture here, paste one, or open a file.</source>
        <translation>Zieh ein Bild hierher, füge eines ein oder öffne eine Datei.</translation>
    </message>
    <message>
        <source>Looking for a face…</source>
        <translation>Ein Gesicht wird gesucht …</translation>
    </message>
    <message>
        <source>Open a picture</source>
        <translation>Bild öffnen</translation>
    </message>
    <message>
        <source>Open…</source>
        <translation>Öffnen …</translation>
    </message>
    <message>
        <source>Paste a picture</source>
        <translation>Bild einfügen</translation>
    </message>
    <message>
        <source>Pictures ({kinds})</source>
        <translation>Bilder ({kinds})</translation>
    </message>
    <message>
        <source>Take a picture with the camera</source>
        <translation>Bild mit der Kamera aufnehmen</translation>
    </message>
    <message>
        <source>There is no picture in what was dropped or pasted.</source>
        <translation>In dem, was abgelegt oder eingefügt wurde, ist kein Bild.</translation>
    </message>
</context>
<context>
    <name>PictureView</name>
    <message>
        <source>Picture</source>
        <translation>Bild</translation>
    </message>
    <message>
        <source>Picture: {name}</source>
        <translation>Bild: {name}</translation>
    </message>
</context>
<context>
    <name>PoseCoverage</name>
    <message>
        <source>Covered: {there}. Not covered: {missing}.</source>
        <translation>Dabei: {there}. Nicht dabei: {missing}.</translation>
    </message>
    <message>
        <source>Directions in your pictures</source>
        <translation>Blickrichtungen in deinen Bildern</translation>
    </message>
    <message>
        <source>Every direction is covered.</source>
        <translation>Jede Blickrichtung ist dabei.</translation>
    </message>
    <message>
        <source>It was not noted which directions are covered.</source>
        <translation>Welche Blickrichtungen dabei sind, wurde nicht vermerkt.</translation>
    </message>
</context>
<context>
    <name>PreviewRing</name>
    <message>
        <source>Camera preview</source>
        <translation>Kameravorschau</translation>
    </message>
</context>
<context>
    <name>RecognitionBody</name>
    <message>
        <source>Comparing you with strangers…</source>
        <translation>Du wirst mit Fremden verglichen …</translation>
    </message>
    <message>
        <source>Distances between faces go from 0, the same picture, to 4. Up to {line} it is you. 95 % of your own pictures lie within {own} of the others; the stranger in our test data who looks most like you, at {nearest}.</source>
        <translation>Abstände zwischen Gesichtern gehen von 0, dasselbe Bild, bis 4. Bis {line} bist du es. 95 % deiner eigenen Bilder liegen höchstens {own} von den anderen entfernt; der Fremde in unseren Testdaten, der dir am ähnlichsten sieht, bei {nearest}.</translation>
    </message>
    <message>
        <source>How well you are told apart</source>
        <translation>Wie gut du unterschieden wirst</translation>
    </message>
    <message>
        <source>It cannot be measured.</source>
        <translation>Es lässt sich nicht messen.</translation>
    </message>
    <message>
        <source>Of {own} comparisons among your own pictures {refused} would be refused where your line is; of {others} with pictures of {strangers} strangers {let_in} would be let in. With so few of yours up to {most} could be refused without its showing here.</source>
        <translation>Von {own} Vergleichen unter deinen eigenen Bildern würden an deiner Schwelle {refused} abgewiesen; von {others} mit Bildern von {strangers} Fremden würden {let_in} eingelassen. Bei so wenigen Bildern von dir könnten bis zu {most} abgewiesen werden, ohne dass es sich hier zeigt.</translation>
    </message>
    <message>
        <source>One picture of a look cannot be compared with itself: add more.</source>
        <translation>Ein einziges Bild eines Aussehens lässt sich nicht mit sich selbst vergleichen: Füge weitere hinzu.</translation>
    </message>
    <message>
        <source>The lower and the farther left, the better. The dashed curve is of people in all kinds of pictures, one compared with one; many pictures of you do better.</source>
        <translation>Je tiefer und je weiter links, desto besser. Die gestrichelte Kurve zeigt Personen in allen möglichen Bildern, eines mit einem verglichen; viele Bilder von dir leisten mehr.</translation>
    </message>
    <message>
        <source>Your line</source>
        <translation>Deine Schwelle</translation>
    </message>
    <message>
        <source>Your pictures</source>
        <translation>Deine Bilder</translation>
    </message>
    <message>
        <source>Your pictures are few, and those of one sitting are much alike: in other light, or on another day, more will be refused than is seen here.</source>
        <translation>Du hast wenige Bilder, und die einer Sitzung gleichen sich sehr: In anderem Licht oder an einem anderen Tag wird mehr abgewiesen, als hier zu sehen ist.</translation>
    </message>
    <message>
        <source>Your record does not open, see People.</source>
        <translation>Dein Datensatz öffnet sich nicht, siehe Personen.</translation>
    </message>
    <message>
        <source>{look}: {count} pictures</source>
        <translation>{look}: {count} Bilder</translation>
    </message>
</context>
<context>
    <name>RecoveryBanner</name>
    <message>
        <source>Later</source>
        <translation>Später</translation>
    </message>
    <message>
        <source>Make a recovery key</source>
        <translation>Schlüssel anlegen</translation>
    </message>
    <message>
        <source>You have no recovery key. Without one a forgotten passphrase is the end.</source>
        <translation>Du hast keinen Wiederherstellungsschlüssel. Ohne ihn ist eine vergessene Passphrase das Ende.</translation>
    </message>
</context>
<context>
    <name>RecoveryDialog</name>
    <message>
        <source>&amp;Done</source>
        <translation>&amp;Fertig</translation>
    </message>
    <message>
        <source>Facelock</source>
        <translation>Facelock</translation>
    </message>
    <message>
        <source>The one you had before, if any, opens nothing from now on.</source>
        <translation>Der vorige, falls du einen hattest, öffnet ab jetzt nichts mehr.</translation>
    </message>
    <message>
        <source>Your new recovery key</source>
        <translation>Dein neuer Wiederherstellungsschlüssel</translation>
    </message>
</context>
<context>
    <name>RecoverySheet</name>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;Kopieren</translation>
    </message>
    <message>
        <source>&amp;Print…</source>
        <translation>&amp;Drucken …</translation>
    </message>
    <message>
        <source>&amp;Save to a file…</source>
        <translation>In eine Da&amp;tei speichern …</translation>
    </message>
    <message>
        <source>Copied. The clipboard is cleared in {seconds} seconds.</source>
        <translation>Kopiert. Die Zwischenablage wird in {seconds} Sekunden geleert.</translation>
    </message>
    <message>
        <source>I have &amp;kept it where I will find it again</source>
        <translation>Ich habe ihn so &amp;aufbewahrt, dass ich ihn wiederfinde</translation>
    </message>
    <message>
        <source>It could not be saved there. Choose another place.</source>
        <translation>Dort ließ er sich nicht speichern. Wähle einen anderen Ort.</translation>
    </message>
    <message>
        <source>It is shown this once only.</source>
        <translation>Er wird nur dieses eine Mal gezeigt.</translation>
    </message>
    <message>
        <source>It opens everything without your passphrase, here and on another computer. So keep it as you keep a spare key: on paper, and not beside this computer.</source>
        <translation>Er öffnet alles ohne deine Passphrase, hier und auf einem anderen Computer. Bewahre ihn also auf wie einen Ersatzschlüssel: auf Papier und nicht neben diesem Computer.</translation>
    </message>
    <message>
        <source>Recovery key: {start}, then {letters}</source>
        <translation>Wiederherstellungsschlüssel: {start}, dann {letters}</translation>
    </message>
    <message>
        <source>Save the recovery key</source>
        <translation>Wiederherstellungsschlüssel speichern</translation>
    </message>
    <message>
        <source>Saved. Move the file to a place away from this computer.</source>
        <translation>Gespeichert. Bring die Datei an einen Ort außerhalb dieses Computers.</translation>
    </message>
    <message>
        <source>Sent to the printer.</source>
        <translation>An den Drucker geschickt.</translation>
    </message>
</context>
<context>
    <name>RecoveryStep</name>
    <message>
        <source>You are enrolled. This is the way back in if you forget your passphrase.</source>
        <translation>Dein Gesicht ist eingelernt. Das hier ist der Weg zurück, falls du deine Passphrase vergisst.</translation>
    </message>
    <message>
        <source>Your recovery key</source>
        <translation>Dein Wiederherstellungsschlüssel</translation>
    </message>
</context>
<context>
    <name>RefusalNotice</name>
    <message>
        <source>Somebody tried to open Facelock: one failed attempt since it locked.</source>
        <translation>Jemand wollte Facelock öffnen: ein Fehlversuch, seit es gesperrt ist.</translation>
    </message>
    <message>
        <source>Somebody tried to open Facelock: {count} failed attempts since it locked.</source>
        <translation>Jemand wollte Facelock öffnen: {count} Fehlversuche, seit es gesperrt ist.</translation>
    </message>
</context>
<context>
    <name>RefusedPicturesCard</name>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Delete all</source>
        <translation>Alle löschen</translation>
    </message>
    <message>
        <source>Pictures of who was refused</source>
        <translation>Bilder der Abgewiesenen</translation>
    </message>
    <message>
        <source>Pictures of who was refused, newest first</source>
        <translation>Bilder der Abgewiesenen, neueste zuerst</translation>
    </message>
</context>
<context>
    <name>Remembering</name>
    <message>
        <source>Facelock forgets this look.</source>
        <translation>Facelock vergisst dieses Aussehen.</translation>
    </message>
    <message>
        <source>Facelock will open for this look too.</source>
        <translation>Facelock wird sich auch für dieses Aussehen öffnen.</translation>
    </message>
    <message>
        <source>Remember</source>
        <translation>Merken</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
</context>
<context>
    <name>ResultStep</name>
    <message>
        <source>&amp;Capture again</source>
        <translation>Noch einmal &amp;aufnehmen</translation>
    </message>
    <message>
        <source>Brothers and sisters may be let in, an identical twin almost surely. Do not count on your face to keep them out.</source>
        <translation>Geschwister können eingelassen werden, ein eineiiger Zwilling fast sicher. Verlass dich nicht darauf, dass dein Gesicht sie fernhält.</translation>
    </message>
    <message>
        <source>How strict the lock is: {level}</source>
        <translation>Wie streng die Sperre ist: {level}</translation>
    </message>
    <message>
        <source>How well it went</source>
        <translation>Wie gut es lief</translation>
    </message>
    <message>
        <source>Measured on {people} people.</source>
        <translation>Gemessen an {people} Personen.</translation>
    </message>
    <message>
        <source>Nothing is stored yet. That happens at the end, after a try-out.</source>
        <translation>Noch ist nichts gespeichert. Das geschieht am Ende, nach einer Probe.</translation>
    </message>
    <message>
        <source>Other sides of your face were not taken: face the camera when you unlock.</source>
        <translation>Andere Seiten deines Gesichts wurden nicht aufgenommen: Schau beim Entsperren gerade in die Kamera.</translation>
    </message>
    <message>
        <source>Somebody in our test data looks much like you, so the lock had to be drawn tight and may refuse you now and then. Pictures in better light help.</source>
        <translation>Jemand in unseren Testdaten sieht dir sehr ähnlich. Deshalb musste die Sperre eng gezogen werden und kann dich ab und zu abweisen. Bilder bei besserem Licht helfen.</translation>
    </message>
    <message>
        <source>What I have seen of you</source>
        <translation>Was ich von dir gesehen habe</translation>
    </message>
    <message>
        <source>Working it out…</source>
        <translation>Wird berechnet …</translation>
    </message>
    <message>
        <source>{count} different looks.</source>
        <translation>{count} verschiedene Aussehen.</translation>
    </message>
    <message>
        <source>{count} pictures: {poses}.</source>
        <translation>{count} Bilder: {poses}.</translation>
    </message>
</context>
<context>
    <name>RetrainingPanel</name>
    <message>
        <source>A retraining begins. What is in force stays so until you decide.</source>
        <translation>Ein Nachtraining beginnt. Was gilt, gilt weiter, bis du entscheidest.</translation>
    </message>
    <message>
        <source>Adopt</source>
        <translation>Übernehmen</translation>
    </message>
    <message>
        <source>Cancelled. Nothing was changed.</source>
        <translation>Abgebrochen. Nichts wurde geändert.</translation>
    </message>
    <message>
        <source>Everybody is brought to it…</source>
        <translation>Alle werden darauf umgestellt …</translation>
    </message>
    <message>
        <source>People were enrolled or changed meanwhile. Nothing was changed; try again.</source>
        <translation>Inzwischen wurden Personen eingelernt oder geändert. Nichts wurde geändert; versuch es noch einmal.</translation>
    </message>
    <message>
        <source>Retrain</source>
        <translation>Nachtrainieren</translation>
    </message>
    <message>
        <source>Something went wrong. Nothing was changed. Details are in the log.</source>
        <translation>Etwas ging schief. Nichts wurde geändert. Einzelheiten stehen im Protokoll.</translation>
    </message>
    <message>
        <source>The new version will be in force, for everybody on this computer.</source>
        <translation>Die neue Version wird gelten, für alle an diesem Computer.</translation>
    </message>
    <message>
        <source>The version of {moment} will be in force again.</source>
        <translation>Die Version vom {moment} wird wieder gelten.</translation>
    </message>
    <message>
        <source>The version that Facelock came with will be in force again.</source>
        <translation>Die Version, mit der Facelock geliefert wurde, wird wieder gelten.</translation>
    </message>
    <message>
        <source>Use it</source>
        <translation>Verwenden</translation>
    </message>
    <message>
        <source>Versions</source>
        <translation>Versionen</translation>
    </message>
</context>
<context>
    <name>RetrainingProgressCard</name>
    <message>
        <source>Beginning…</source>
        <translation>Es beginnt …</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Distances between held-out pictures</source>
        <translation>Abstände zwischen zurückbehaltenen Bildern</translation>
    </message>
    <message>
        <source>Everything else can be used meanwhile. Locking stops it.</source>
        <translation>Alles andere lässt sich währenddessen nutzen. Sperren bricht es ab.</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>Wird abgebrochen …</translation>
    </message>
    <message>
        <source>{stage}: {share} %</source>
        <translation>{stage}: {share} %</translation>
    </message>
    <message>
        <source>{what}, {left}</source>
        <translation>{what}, {left}</translation>
    </message>
</context>
<context>
    <name>SettingsPage</name>
    <message>
        <source>Sections of the settings</source>
        <translation>Abschnitte der Einstellungen</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
</context>
<context>
    <name>Shell</name>
    <message>
        <source>Open</source>
        <translation>Offen</translation>
    </message>
    <message>
        <source>Open for {name}</source>
        <translation>Offen für {name}</translation>
    </message>
</context>
<context>
    <name>SnapshotsCard</name>
    <message>
        <source>From now on a picture of whoever is refused will be kept.</source>
        <translation>Ab jetzt wird von jedem, der abgewiesen wird, ein Bild behalten.</translation>
    </message>
    <message>
        <source>Keep a picture of whoever is refused</source>
        <translation>Von jedem, der abgewiesen wird, ein Bild behalten</translation>
    </message>
    <message>
        <source>No more pictures will be kept; those there are will be deleted.</source>
        <translation>Es werden keine Bilder mehr behalten; die vorhandenen werden gelöscht.</translation>
    </message>
    <message>
        <source>No pictures are kept.</source>
        <translation>Es werden keine Bilder behalten.</translation>
    </message>
    <message>
        <source>Pictures are kept from now on.</source>
        <translation>Ab jetzt werden Bilder behalten.</translation>
    </message>
    <message>
        <source>Switch off</source>
        <translation>Ausschalten</translation>
    </message>
    <message>
        <source>Switch on</source>
        <translation>Einschalten</translation>
    </message>
    <message>
        <source>The demo keeps no pictures.</source>
        <translation>Die Demo behält keine Bilder.</translation>
    </message>
    <message>
        <source>The pictures stay on this computer. They are sealed, and only your own open vault shows them, under Activity. At most 20 are kept, none for longer than 30 days. Switching it off deletes them.</source>
        <translation>Die Bilder bleiben auf diesem Computer. Sie sind versiegelt, und nur dein eigener offener Tresor zeigt sie, unter Aktivität. Höchstens 20 werden behalten, keines länger als 30 Tage. Ausschalten löscht sie.</translation>
    </message>
    <message>
        <source>This takes a picture of a person who may never have agreed to it: a colleague, a child, a guest. The law where you live may forbid that, or ask you to tell people. Switch it on only if you may.</source>
        <translation>Das nimmt ein Bild von einer Person auf, die dem vielleicht nie zugestimmt hat: einer Kollegin, einem Kind, einem Gast. Das Recht bei dir kann das verbieten oder verlangen, dass du es ankündigst. Schalte es nur ein, wenn du darfst.</translation>
    </message>
</context>
<context>
    <name>Start</name>
    <message>
        <source>Erasing…</source>
        <translation>Wird gelöscht …</translation>
    </message>
    <message>
        <source>Everything is erased. You can close this window.</source>
        <translation>Alles ist gelöscht. Du kannst dieses Fenster schließen.</translation>
    </message>
    <message>
        <source>Not all could be erased. In a terminal, run: facelock erase --everything</source>
        <translation>Nicht alles ließ sich löschen. Führe in einem Terminal aus: facelock erase --everything</translation>
    </message>
    <message>
        <source>Nothing was erased</source>
        <translation>Nichts wurde gelöscht</translation>
    </message>
</context>
<context>
    <name>StartCard</name>
    <message>
        <source>A notice of your desktop says how many attempts failed, at most once a minute. Anybody who sees the screen can read it; it names nobody.</source>
        <translation>Eine Meldung deines Systems sagt, wie viele Versuche fehlschlugen, höchstens einmal je Minute. Wer den Bildschirm sieht, kann sie lesen; sie nennt niemanden.</translation>
    </message>
    <message>
        <source>Closed, it is locked. Its icon shows it again, and Quit ends it.</source>
        <translation>Geschlossen ist es gesperrt. Sein Symbol zeigt es wieder, „Beenden“ beendet es.</translation>
    </message>
    <message>
        <source>Everybody</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>It starts locked and out of the way, with the camera off.</source>
        <translation>Es startet gesperrt und unauffällig, mit ausgeschalteter Kamera.</translation>
    </message>
    <message>
        <source>Keep Facelock in the tray when I close the window</source>
        <translation>Facelock im Infobereich behalten, wenn ich das Fenster schließe</translation>
    </message>
    <message>
        <source>Nothing leaves this computer.</source>
        <translation>Nichts verlässt diesen Computer.</translation>
    </message>
    <message>
        <source>Retrain &amp;for</source>
        <translation>Nachtrainieren &amp;für</translation>
    </message>
    <message>
        <source>Retraining fits Facelock to the faces that are enrolled here. It is never needed. It can help where somebody is often not recognised. Some pictures are held back: only if they show that it became better can you put the result in force.</source>
        <translation>Nachtrainieren passt Facelock an die Gesichter an, die hier eingelernt sind. Nötig ist es nie. Es kann helfen, wenn jemand oft nicht erkannt wird. Einige Bilder werden zurückbehalten: Nur wenn sie zeigen, dass es besser wurde, kannst du das Ergebnis gelten lassen.</translation>
    </message>
    <message>
        <source>Retrain…</source>
        <translation>Nachtrainieren …</translation>
    </message>
    <message>
        <source>Start Facelock when I log in</source>
        <translation>Facelock starten, wenn ich mich anmelde</translation>
    </message>
    <message>
        <source>Tell me about failed attempts while it is locked</source>
        <translation>Mir Fehlversuche melden, während es gesperrt ist</translation>
    </message>
    <message>
        <source>That could not be changed. Look at this place: {place}</source>
        <translation>Das ließ sich nicht ändern. Sieh an dieser Stelle nach: {place}</translation>
    </message>
    <message>
        <source>That holds until Facelock is closed: it could not be saved.</source>
        <translation>Das gilt, bis Facelock geschlossen wird: Es ließ sich nicht speichern.</translation>
    </message>
    <message>
        <source>Whom to retrain for</source>
        <translation>Für wen nachtrainiert wird</translation>
    </message>
    <message>
        <source>Your desktop shows no icons of programs. Until it does, the window ends when it is closed, and no notices are shown.</source>
        <translation>Dein System zeigt keine Symbole von Programmen. Solange das so ist, endet das Fenster beim Schließen, und es gibt keine Meldungen.</translation>
    </message>
</context>
<context>
    <name>StrengthMeter</name>
    <message>
        <source>Add another word or two.</source>
        <translation>Füge noch ein oder zwei Wörter hinzu.</translation>
    </message>
    <message>
        <source>Dates are quickly guessed. Add unrelated words.</source>
        <translation>Daten sind schnell erraten. Füge Wörter hinzu, die nichts damit zu tun haben.</translation>
    </message>
    <message>
        <source>Four or five random words make a good one.</source>
        <translation>Vier oder fünf zufällige Wörter ergeben eine gute.</translation>
    </message>
    <message>
        <source>Good enough. One more word makes it better.</source>
        <translation>Gut genug. Ein weiteres Wort macht sie besser.</translation>
    </message>
    <message>
        <source>Good.</source>
        <translation>Gut.</translation>
    </message>
    <message>
        <source>It holds a character that cannot be stored. Leave it out.</source>
        <translation>Sie enthält ein Zeichen, das sich nicht speichern lässt. Lass es weg.</translation>
    </message>
    <message>
        <source>It is on the lists that attackers try first. Choose other words.</source>
        <translation>Sie steht auf den Listen, die Angreifer zuerst durchprobieren. Wähle andere Wörter.</translation>
    </message>
    <message>
        <source>Names are guessed first. Add unrelated words.</source>
        <translation>Namen werden zuerst erraten. Füge Wörter hinzu, die nichts damit zu tun haben.</translation>
    </message>
    <message>
        <source>One word alone is quickly guessed. Add more.</source>
        <translation>Ein einzelnes Wort ist schnell erraten. Füge weitere hinzu.</translation>
    </message>
    <message>
        <source>Repetition adds nothing. Add different words.</source>
        <translation>Wiederholung bringt nichts. Füge andere Wörter hinzu.</translation>
    </message>
    <message>
        <source>Rows of keys are quickly guessed. Use words instead.</source>
        <translation>Tastenreihen sind schnell erraten. Nimm stattdessen Wörter.</translation>
    </message>
    <message>
        <source>Sequences like abc or 123 are quickly guessed. Use words instead.</source>
        <translation>Folgen wie abc oder 123 sind schnell erraten. Nimm stattdessen Wörter.</translation>
    </message>
    <message>
        <source>Strength of the passphrase</source>
        <translation>Stärke der Passphrase</translation>
    </message>
    <message>
        <source>Too long: stay below a thousand characters.</source>
        <translation>Zu lang: Bleib unter tausend Zeichen.</translation>
    </message>
    <message>
        <source>Too short: use eight characters or more.</source>
        <translation>Zu kurz: Nimm acht Zeichen oder mehr.</translation>
    </message>
    <message>
        <source>Very good: hard to guess even for somebody who copies the disk.</source>
        <translation>Sehr gut: schwer zu erraten, selbst für jemanden, der die Festplatte kopiert.</translation>
    </message>
</context>
<context>
    <name>Taking</name>
    <message>
        <source>Add</source>
        <translation>Hinzufügen</translation>
    </message>
    <message>
        <source>Add everything in there?</source>
        <translation>Alles darin hinzufügen?</translation>
    </message>
    <message>
        <source>Add files to the vault</source>
        <translation>Dateien in den Tresor legen</translation>
    </message>
    <message>
        <source>Could not be read: {names}.</source>
        <translation>Nicht lesbar: {names}.</translation>
    </message>
    <message>
        <source>New note</source>
        <translation>Neue Notiz</translation>
    </message>
    <message>
        <source>Pasted text</source>
        <translation>Eingefügter Text</translation>
    </message>
    <message>
        <source>That is more than {count} files. Add smaller folders one by one.</source>
        <translation>Das sind mehr als {count} Dateien. Füge kleinere Ordner einzeln hinzu.</translation>
    </message>
    <message>
        <source>There is no file in that folder.</source>
        <translation>In diesem Ordner ist keine Datei.</translation>
    </message>
    <message>
        <source>There is no file, text or picture in that.</source>
        <translation>Darin ist keine Datei, kein Text und kein Bild.</translation>
    </message>
    <message>
        <source>{count} files, {size}, from the folder and the folders in it.</source>
        <translation>{count} Dateien, {size}, aus dem Ordner und den Ordnern darin.</translation>
    </message>
    <message>
        <source>{count} files, {size}, from the folders and the folders in them.</source>
        <translation>{count} Dateien, {size}, aus den Ordnern und den Ordnern darin.</translation>
    </message>
</context>
<context>
    <name>Tray</name>
    <message>
        <source>Facelock</source>
        <translation>Facelock</translation>
    </message>
    <message>
        <source>Facelock is locked</source>
        <translation>Facelock ist gesperrt</translation>
    </message>
    <message>
        <source>Facelock is open</source>
        <translation>Facelock ist offen</translation>
    </message>
    <message>
        <source>Lock now</source>
        <translation>Jetzt sperren</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>Show Facelock</source>
        <translation>Facelock zeigen</translation>
    </message>
</context>
<context>
    <name>TryOutStep</name>
    <message>
        <source>I am not sure yet. Face the camera, with light from the front.</source>
        <translation>Ich bin noch nicht sicher. Schau gerade in die Kamera, mit Licht von vorn.</translation>
    </message>
    <message>
        <source>I do not recognise you well. Go back and capture again in better light, or skip this: your passphrase works in any case.</source>
        <translation>Ich erkenne dich nicht gut. Geh zurück und nimm dich bei besserem Licht noch einmal auf, oder überspring das hier: Deine Passphrase funktioniert in jedem Fall.</translation>
    </message>
    <message>
        <source>Look at the camera as you will when you unlock.</source>
        <translation>Schau in die Kamera, wie du es beim Entsperren tun wirst.</translation>
    </message>
    <message>
        <source>Looking for you. Face the camera.</source>
        <translation>Ich suche dich. Schau gerade in die Kamera.</translation>
    </message>
    <message>
        <source>S&amp;kip the try-out</source>
        <translation>Probe über&amp;springen</translation>
    </message>
    <message>
        <source>Skipped. If your face is refused later, use the passphrase and enrol again.</source>
        <translation>Übersprungen. Falls dein Gesicht später abgewiesen wird, nimm die Passphrase und lerne es neu ein.</translation>
    </message>
    <message>
        <source>That is you. It works.</source>
        <translation>Das bist du. Es klappt.</translation>
    </message>
    <message>
        <source>Try it</source>
        <translation>Probier es aus</translation>
    </message>
    <message>
        <source>Your passphrase works in any case. You can enrol again if your face does not.</source>
        <translation>Deine Passphrase funktioniert in jedem Fall. Du kannst dein Gesicht neu einlernen, falls es nicht klappt.</translation>
    </message>
</context>
<context>
    <name>UndoBar</name>
    <message>
        <source>Bring back what was deleted last (Ctrl+Z)</source>
        <translation>Zuletzt Gelöschtes zurückholen (Strg+Z)</translation>
    </message>
    <message>
        <source>Deleted {items}. It can be brought back until Facelock locks.</source>
        <translation>Gelöscht: {items}. Bis Facelock sperrt, lässt er sich zurückholen.</translation>
    </message>
    <message>
        <source>Deleted {items}. They can be brought back until Facelock locks.</source>
        <translation>Gelöscht: {items}. Bis Facelock sperrt, lassen sie sich zurückholen.</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
</context>
<context>
    <name>UnlockNotice</name>
    <message>
        <source>Close this notice</source>
        <translation>Diesen Hinweis schließen</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Anzeigen</translation>
    </message>
    <message>
        <source>Show the activity</source>
        <translation>Aktivität anzeigen</translation>
    </message>
    <message>
        <source>Since you were here last: {what}</source>
        <translation>Seit du zuletzt hier warst: {what}</translation>
    </message>
</context>
<context>
    <name>VaultCard</name>
    <message>
        <source> GB</source>
        <translation> GB</translation>
    </message>
    <message>
        <source>&amp;At most</source>
        <translation>&amp;Höchstens</translation>
    </message>
    <message>
        <source>How much the vault may hold, in gigabytes</source>
        <translation>Wie viel der Tresor fassen darf, in Gigabyte</translation>
    </message>
    <message>
        <source>Nothing more goes in once it is full. What is in it stays, even above a lower limit.</source>
        <translation>Ist er voll, passt nichts mehr hinein. Was darin ist, bleibt, auch über einer niedrigeren Grenze.</translation>
    </message>
    <message>
        <source>That is less than what is in it: nothing more goes in for now.</source>
        <translation>Das ist weniger, als darin ist: Vorerst passt nichts mehr hinein.</translation>
    </message>
    <message>
        <source>The limit is changed.</source>
        <translation>Die Grenze ist geändert.</translation>
    </message>
</context>
<context>
    <name>VaultList</name>
    <message>
        <source>Files and notes</source>
        <translation>Dateien und Notizen</translation>
    </message>
</context>
<context>
    <name>VaultModel</name>
    <message>
        <source>Changed</source>
        <translation>Geändert</translation>
    </message>
    <message>
        <source>Dragging it to another program writes it out decrypted.</source>
        <translation>In ein anderes Programm gezogen, wird es entschlüsselt hinausgeschrieben.</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
</context>
<context>
    <name>VaultPage</name>
    <message>
        <source>Add files</source>
        <translation>Dateien hinzufügen</translation>
    </message>
    <message>
        <source>Add files (Ctrl+O), or drop them on this page</source>
        <translation>Dateien hinzufügen (Strg+O) oder auf diese Seite ziehen</translation>
    </message>
    <message>
        <source>New note</source>
        <translation>Neue Notiz</translation>
    </message>
    <message>
        <source>New note (Ctrl+N)</source>
        <translation>Neue Notiz (Strg+N)</translation>
    </message>
    <message>
        <source>Open it</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Open it with my passphrase</source>
        <translation>Mit meiner Passphrase öffnen</translation>
    </message>
    <message>
        <source>Paste (Ctrl+V)</source>
        <translation>Einfügen (Strg+V)</translation>
    </message>
    <message>
        <source>The older vault takes the place of the one you used last.</source>
        <translation>Der ältere Tresor tritt an die Stelle dessen, den du zuletzt benutzt hast.</translation>
    </message>
    <message>
        <source>The vault does not open</source>
        <translation>Der Tresor öffnet sich nicht</translation>
    </message>
    <message>
        <source>This is an older vault</source>
        <translation>Das ist ein älterer Tresor</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Noch einmal versuchen</translation>
    </message>
    <message>
        <source>Vault</source>
        <translation>Tresor</translation>
    </message>
    <message>
        <source>What lies on the disk is older than the vault you used last: somebody put an old copy of it back. If it was you, from a backup, open it. If not, somebody was at this computer&apos;s files, and what you changed since is missing here.</source>
        <translation>Was auf der Festplatte liegt, ist älter als der Tresor, den du zuletzt benutzt hast: Jemand hat eine alte Kopie zurückgespielt. Wenn du es warst, aus einer Sicherung, öffne ihn. Wenn nicht, war jemand an den Dateien dieses Computers, und was du seither geändert hast, fehlt hier.</translation>
    </message>
    <message>
        <source>When Facelock locked, the last changes of a note could not be written: the disk was full, or the vault at its limit. They are lost; what was saved before is here.</source>
        <translation>Als Facelock sperrte, ließen sich die letzten Änderungen einer Notiz nicht schreiben: Die Festplatte war voll oder der Tresor an seiner Grenze. Sie sind verloren; was vorher gespeichert war, ist hier.</translation>
    </message>
    <message>
        <source>Your files and notes, encrypted on this computer.</source>
        <translation>Deine Dateien und Notizen, verschlüsselt auf diesem Computer.</translation>
    </message>
</context>
<context>
    <name>VaultPreview</name>
    <message>
        <source>Choose something in the list to see it here.</source>
        <translation>Wähle etwas in der Liste aus, um es hier zu sehen.</translation>
    </message>
    <message>
        <source>Delete (Del)</source>
        <translation>Löschen (Entf)</translation>
    </message>
    <message>
        <source>Export (Ctrl+E)</source>
        <translation>Exportieren (Strg+E)</translation>
    </message>
    <message>
        <source>Export or delete them together.</source>
        <translation>Exportiere oder lösche sie zusammen.</translation>
    </message>
    <message>
        <source>Nothing chosen</source>
        <translation>Nichts ausgewählt</translation>
    </message>
    <message>
        <source>Opening…</source>
        <translation>Wird geöffnet …</translation>
    </message>
    <message>
        <source>Preview</source>
        <translation>Vorschau</translation>
    </message>
    <message>
        <source>Rename (F2)</source>
        <translation>Umbenennen (F2)</translation>
    </message>
    <message>
        <source>Text of the file</source>
        <translation>Text der Datei</translation>
    </message>
    <message>
        <source>There is no preview of this kind. Export it to open it.</source>
        <translation>Von dieser Art gibt es keine Vorschau. Exportiere es, um es zu öffnen.</translation>
    </message>
    <message>
        <source>This picture does not open. Export it to look at it elsewhere.</source>
        <translation>Dieses Bild öffnet sich nicht. Exportiere es, um es anderswo anzusehen.</translation>
    </message>
    <message>
        <source>changed {when}</source>
        <translation>geändert: {when}</translation>
    </message>
    <message>
        <source>{items} chosen</source>
        <translation>{items} ausgewählt</translation>
    </message>
</context>
<context>
    <name>VaultProgress</name>
    <message>
        <source>Adding {number} of {count}: {done} of {all}.</source>
        <translation>Hinzufügen {number} von {count}: {done} von {all}.</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Exporting {number} of {count}: {done} of {all}.</source>
        <translation>Export {number} von {count}: {done} von {all}.</translation>
    </message>
    <message>
        <source>{count} more waiting.</source>
        <translation>{count} weitere warten.</translation>
    </message>
    <message>
        <source>{count} to go.</source>
        <translation>Noch {count}.</translation>
    </message>
</context>
<context>
    <name>VaultQuestion</name>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Facelock</source>
        <translation>Facelock</translation>
    </message>
</context>
<context>
    <name>VaultRoom</name>
    <message>
        <source>Brought back {items}.</source>
        <translation>Zurückgeholt: {items}.</translation>
    </message>
    <message>
        <source>Drop files here, add them with the button above, paste something, or write a note. Everything is encrypted on this computer, and locked away when Facelock locks.</source>
        <translation>Zieh Dateien hierher, füge sie mit dem Knopf oben hinzu, füge etwas ein oder schreib eine Notiz. Alles wird auf diesem Computer verschlüsselt und weggeschlossen, wenn Facelock sperrt.</translation>
    </message>
    <message>
        <source>Nothing in it yet</source>
        <translation>Noch nichts darin</translation>
    </message>
    <message>
        <source>Renamed to {name}.</source>
        <translation>Umbenannt in {name}.</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>Search (Ctrl+F)</source>
        <translation>Suchen (Strg+F)</translation>
    </message>
    <message>
        <source>Search names and notes</source>
        <translation>Namen und Notizen durchsuchen</translation>
    </message>
</context>
<context>
    <name>VersionRow</name>
    <message>
        <source>As shipped with Facelock</source>
        <translation>Wie mit Facelock geliefert</translation>
    </message>
    <message>
        <source>In force now</source>
        <translation>Gilt jetzt</translation>
    </message>
    <message>
        <source>Learnt nothing on this computer.</source>
        <translation>Hat auf diesem Computer nichts gelernt.</translation>
    </message>
    <message>
        <source>Use this one</source>
        <translation>Diese verwenden</translation>
    </message>
    <message>
        <source>Use this one: {version}</source>
        <translation>Diese verwenden: {version}</translation>
    </message>
</context>
<context>
    <name>VersionsCard</name>
    <message>
        <source>Made for an earlier network of Facelock: it fits no more. Retrain once more.</source>
        <translation>Für ein früheres Netz von Facelock gemacht: Sie passt nicht mehr. Trainiere noch einmal nach.</translation>
    </message>
    <message>
        <source>Trained on somebody who is no longer enrolled: it is not used again.</source>
        <translation>Mit jemandem trainiert, der nicht mehr eingelernt ist: Sie wird nicht wieder verwendet.</translation>
    </message>
</context>
<context>
    <name>WaitingWindow</name>
    <message>
        <source>Facelock</source>
        <translation>Facelock</translation>
    </message>
    <message>
        <source>Facelock cannot start</source>
        <translation>Facelock kann nicht starten</translation>
    </message>
    <message>
        <source>Waiting for this computer&apos;s keyring…</source>
        <translation>Warten auf den Schlüsselbund dieses Computers …</translation>
    </message>
</context>
<context>
    <name>WhoChoice</name>
    <message>
        <source>&amp;Who are you?</source>
        <translation>&amp;Wer bist du?</translation>
    </message>
    <message>
        <source>Choose your name…</source>
        <translation>Wähle deinen Namen …</translation>
    </message>
    <message>
        <source>Person {number}</source>
        <translation>Person {number}</translation>
    </message>
    <message>
        <source>Who are you?</source>
        <translation>Wer bist du?</translation>
    </message>
    <message>
        <source>Whoever my face says</source>
        <translation>Wen mein Gesicht zeigt</translation>
    </message>
</context>
<context>
    <name>_CameraRow</name>
    <message>
        <source>Not a physical camera; it can open nothing.</source>
        <translation>Keine echte Kamera; sie kann nichts öffnen.</translation>
    </message>
</context>
<context>
    <name>activity</name>
    <message>
        <source>A backup was made.</source>
        <translation>Eine Sicherung wurde angelegt.</translation>
    </message>
    <message>
        <source>A backup was restored.</source>
        <translation>Eine Sicherung wurde wiederhergestellt.</translation>
    </message>
    <message>
        <source>A camera was added that your face opens with.</source>
        <translation>Eine Kamera kam hinzu, mit der dein Gesicht öffnet.</translation>
    </message>
    <message>
        <source>A face was refused because it did not look alive.</source>
        <translation>Ein Gesicht wurde abgewiesen, weil es nicht lebendig wirkte.</translation>
    </message>
    <message>
        <source>A face was refused.</source>
        <translation>Ein Gesicht wurde abgewiesen.</translation>
    </message>
    <message>
        <source>A look of {name} was forgotten.</source>
        <translation>Ein Aussehen von {name} wurde vergessen.</translation>
    </message>
    <message>
        <source>A look of {name} was remembered.</source>
        <translation>Ein Aussehen von {name} wurde gemerkt.</translation>
    </message>
    <message>
        <source>A new recovery key was made: {name}.</source>
        <translation>Ein neuer Wiederherstellungsschlüssel von {name} wurde angelegt.</translation>
    </message>
    <message>
        <source>A picture of who was refused was kept for {name}.</source>
        <translation>Ein Bild einer abgewiesenen Person wurde im Tresor von {name} behalten.</translation>
    </message>
    <message>
        <source>A picture of who was refused was kept.</source>
        <translation>Ein Bild einer abgewiesenen Person wurde behalten.</translation>
    </message>
    <message>
        <source>A setting of the lock was changed.</source>
        <translation>Eine Einstellung der Sperre wurde geändert.</translation>
    </message>
    <message>
        <source>A wrong passphrase was typed for {name}.</source>
        <translation>Eine falsche Passphrase von {name} wurde eingegeben.</translation>
    </message>
    <message>
        <source>A wrong passphrase was typed.</source>
        <translation>Eine falsche Passphrase wurde eingegeben.</translation>
    </message>
    <message>
        <source>An old copy of the sealed data was put in its place.</source>
        <translation>Eine alte Kopie der versiegelten Daten wurde an ihre Stelle gelegt.</translation>
    </message>
    <message>
        <source>An old copy of the vault of {name} was put in its place.</source>
        <translation>Eine alte Kopie des Tresors von {name} wurde an seine Stelle gelegt.</translation>
    </message>
    <message>
        <source>Enrolled: {name}.</source>
        <translation>Das Gesicht von {name} wurde eingelernt.</translation>
    </message>
    <message>
        <source>Entries of this log were missing or changed. What was left is shown.</source>
        <translation>Einträge dieses Protokolls fehlten oder waren geändert. Was übrig war, wird angezeigt.</translation>
    </message>
    <message>
        <source>Facelock was started.</source>
        <translation>Facelock wurde gestartet.</translation>
    </message>
    <message>
        <source>Faces were switched off: only a passphrase opened from then on.</source>
        <translation>Gesichter wurden abgeschaltet: Von da an öffnete nur eine Passphrase.</translation>
    </message>
    <message>
        <source>It was open for {name}.</source>
        <translation>Geöffnet war es von {name}.</translation>
    </message>
    <message>
        <source>Locked.</source>
        <translation>Gesperrt.</translation>
    </message>
    <message>
        <source>Locked. It had been open for {name}.</source>
        <translation>Gesperrt. Zuvor war von {name} geöffnet.</translation>
    </message>
    <message>
        <source>One attempt to get in failed: {last}.</source>
        <translation>Ein Versuch hereinzukommen ist gescheitert: {last}.</translation>
    </message>
    <message>
        <source>Opened by a face.</source>
        <translation>Mit einem Gesicht geöffnet.</translation>
    </message>
    <message>
        <source>Opened by the face of {name}.</source>
        <translation>Mit dem Gesicht von {name} geöffnet.</translation>
    </message>
    <message>
        <source>Opened with a passphrase.</source>
        <translation>Mit einer Passphrase geöffnet.</translation>
    </message>
    <message>
        <source>Opened with a recovery key.</source>
        <translation>Mit einem Wiederherstellungsschlüssel geöffnet.</translation>
    </message>
    <message>
        <source>Opened with the passphrase of {name}.</source>
        <translation>Mit der Passphrase von {name} geöffnet.</translation>
    </message>
    <message>
        <source>Opened with the recovery key of {name}.</source>
        <translation>Mit dem Wiederherstellungsschlüssel von {name} geöffnet.</translation>
    </message>
    <message>
        <source>Pictures of who was refused</source>
        <translation>Bilder der Abgewiesenen</translation>
    </message>
    <message>
        <source>Recognition was retrained on this computer.</source>
        <translation>Die Erkennung wurde auf diesem Computer nachtrainiert.</translation>
    </message>
    <message>
        <source>Recognition went back to an earlier state.</source>
        <translation>Die Erkennung kehrte zu einem früheren Stand zurück.</translation>
    </message>
    <message>
        <source>Removed: {name}.</source>
        <translation>Die Daten von {name} wurden entfernt.</translation>
    </message>
    <message>
        <source>Somebody else took the place of {name} while it was open. It locked.</source>
        <translation>Jemand anderes nahm den Platz von {name} ein, während offen war. Facelock hat gesperrt.</translation>
    </message>
    <message>
        <source>Something was exported from a vault.</source>
        <translation>Aus einem Tresor wurde etwas exportiert.</translation>
    </message>
    <message>
        <source>Something was exported from the vault of {name}.</source>
        <translation>Aus dem Tresor von {name} wurde etwas exportiert.</translation>
    </message>
    <message>
        <source>The clock of this computer was set back.</source>
        <translation>Die Uhr dieses Computers wurde zurückgestellt.</translation>
    </message>
    <message>
        <source>The face of {name} was switched off: only the passphrase opened then.</source>
        <translation>Das Gesicht von {name} wurde abgeschaltet: Danach öffnete nur die Passphrase.</translation>
    </message>
    <message>
        <source>The name {name} was given.</source>
        <translation>Der Name von {name} wurde geändert.</translation>
    </message>
    <message>
        <source>The passphrase was changed: {name}.</source>
        <translation>Die Passphrase von {name} wurde geändert.</translation>
    </message>
    <message>
        <source>The strictness of the lock was changed.</source>
        <translation>Die Stufe der Sperre wurde geändert.</translation>
    </message>
    <message>
        <source>There is more.</source>
        <translation>Es gibt noch mehr.</translation>
    </message>
    <message>
        <source>This log was exported.</source>
        <translation>Dieses Protokoll wurde exportiert.</translation>
    </message>
    <message>
        <source>somebody</source>
        <translation>jemandem</translation>
    </message>
    <message>
        <source>somebody who is no longer enrolled</source>
        <translation>einer nicht mehr eingelernten Person</translation>
    </message>
    <message>
        <source>{count} attempts to get in failed, the last one: {last}.</source>
        <translation>{count} Versuche hereinzukommen sind gescheitert, der letzte: {last}.</translation>
    </message>
    <message>
        <source>{sentence} ({count} times)</source>
        <translation>{sentence} ({count}-mal)</translation>
    </message>
</context>
<context>
    <name>capture</name>
    <message>
        <source>Screenshots and screen sharing leave Facelock&apos;s windows out.</source>
        <translation>Bildschirmfotos und Bildschirmfreigaben lassen die Fenster von Facelock aus.</translation>
    </message>
    <message>
        <source>This system cannot leave a window out: what is open here shows in screenshots and when you share your screen. Lock Facelock first.</source>
        <translation>Dieses System kann kein Fenster auslassen: Was hier offen ist, erscheint auf Bildschirmfotos und wenn du deinen Bildschirm teilst. Sperre Facelock vorher.</translation>
    </message>
    <message>
        <source>macOS is asked to leave Facelock&apos;s windows out of screenshots and screen sharing; newer recording programs do so all the same.</source>
        <translation>macOS wird gebeten, die Fenster von Facelock bei Bildschirmfotos und Bildschirmfreigaben auszulassen; neuere Aufnahmeprogramme zeigen sie trotzdem.</translation>
    </message>
</context>
<context>
    <name>demo</name>
    <message>
        <source>About this vault</source>
        <translation>Über diesen Tresor</translation>
    </message>
    <message>
        <source>Simulated camera</source>
        <translation>Simulierte Kamera</translation>
    </message>
    <message>
        <source>This is the vault of a demo: try anything.

Drop files on this page, paste a picture, change this note. Each one is encrypted on this computer before it is kept, and opened in memory only.

Lock with Ctrl+L, and it is gone from the screen and from memory until you are recognised.

The whole vault is deleted when the demo is closed. Keep nothing real in it.
</source>
        <translation>Das ist der Tresor einer Demo: Probier alles aus.

Zieh Dateien auf diese Seite, füge ein Bild ein, ändere diese Notiz. Alles wird auf diesem Computer verschlüsselt, bevor es behalten wird, und nur im Arbeitsspeicher geöffnet.

Sperre mit Strg+L, und es ist vom Bildschirm und aus dem Speicher verschwunden, bis du erkannt wirst.

Der ganze Tresor wird gelöscht, wenn die Demo geschlossen wird. Bewahre nichts Echtes darin auf.
</translation>
    </message>
</context>
<context>
    <name>errors</name>
    <message>
        <source>A part of Facelock has been changed and is not used. Install Facelock again.</source>
        <translation>Ein Teil von Facelock wurde verändert und wird nicht benutzt. Installiere Facelock neu.</translation>
    </message>
    <message>
        <source>A part of Facelock is missing. Install it again to use your face.</source>
        <translation>Ein Teil von Facelock fehlt. Installiere es neu, um dein Gesicht zu nutzen.</translation>
    </message>
    <message>
        <source>Another program is using the camera. Close it; I will try again.</source>
        <translation>Ein anderes Programm benutzt die Kamera. Schließ es; ich versuche es noch einmal.</translation>
    </message>
    <message>
        <source>Enter your passphrase once more to do this.</source>
        <translation>Gib deine Passphrase noch einmal ein, um das zu tun.</translation>
    </message>
    <message>
        <source>Facelock is already running. Use the window that is open.</source>
        <translation>Facelock läuft schon. Nutze das Fenster, das offen ist.</translation>
    </message>
    <message>
        <source>Facelock may not use the camera. Allow it in your system&apos;s privacy settings; I will try again.</source>
        <translation>Facelock darf die Kamera nicht benutzen. Erlaube es in den Datenschutzeinstellungen deines Systems; ich versuche es noch einmal.</translation>
    </message>
    <message>
        <source>No camera found. Connect one; it is picked up by itself.</source>
        <translation>Keine Kamera gefunden. Schließ eine an; sie wird von selbst erkannt.</translation>
    </message>
    <message>
        <source>Nobody of that name is enrolled. Enrol them first.</source>
        <translation>Niemand mit diesem Namen ist eingelernt. Lerne die Person zuerst ein.</translation>
    </message>
    <message>
        <source>Not everybody has been brought to the version in force yet. Try again in a moment.</source>
        <translation>Noch nicht alle sind auf die geltende Version umgestellt. Versuch es gleich noch einmal.</translation>
    </message>
    <message>
        <source>Nothing could be saved: the disk is full or the folder is write-protected. Make room, then try again. What was there before still stands.</source>
        <translation>Nichts ließ sich speichern: Die Festplatte ist voll oder der Ordner schreibgeschützt. Schaff Platz und versuch es noch einmal. Was vorher da war, gilt weiter.</translation>
    </message>
    <message>
        <source>Parts of Facelock do not fit together and are not used. Install Facelock again.</source>
        <translation>Teile von Facelock passen nicht zusammen und werden nicht benutzt. Installiere Facelock neu.</translation>
    </message>
    <message>
        <source>Somebody of that name is enrolled. Choose another name.</source>
        <translation>Jemand mit diesem Namen ist schon eingelernt. Wähle einen anderen Namen.</translation>
    </message>
    <message>
        <source>Somebody was enrolled meanwhile, and the new version was not judged for them. Nothing was changed; retrain once more.</source>
        <translation>Inzwischen wurde jemand eingelernt, für den die neue Version nicht geprüft ist. Nichts wurde geändert; trainiere noch einmal nach.</translation>
    </message>
    <message>
        <source>Something went wrong. Details are in the log.</source>
        <translation>Etwas ging schief. Einzelheiten stehen im Protokoll.</translation>
    </message>
    <message>
        <source>That file cannot be read. Check that it is a file, and yours to read.</source>
        <translation>Diese Datei lässt sich nicht lesen. Prüfe, ob es eine Datei ist und du sie lesen darfst.</translation>
    </message>
    <message>
        <source>That file is missing or is not a picture I can read.</source>
        <translation>Diese Datei fehlt oder ist kein Bild, das ich lesen kann.</translation>
    </message>
    <message>
        <source>That folder belongs to something else. Choose another.</source>
        <translation>Dieser Ordner gehört zu etwas anderem. Wähle einen anderen.</translation>
    </message>
    <message>
        <source>That folder or table cannot be evaluated.</source>
        <translation>Dieser Ordner oder diese Tabelle lässt sich nicht auswerten.</translation>
    </message>
    <message>
        <source>That is no backup of Facelock, or it is incomplete. Nothing was restored. Try another copy of it.</source>
        <translation>Das ist keine Sicherung von Facelock, oder sie ist unvollständig. Nichts wurde wiederhergestellt. Versuch es mit einer anderen Kopie.</translation>
    </message>
    <message>
        <source>That is not the passphrase. Check Caps Lock and the keyboard layout.</source>
        <translation>Das ist nicht die Passphrase. Prüfe die Feststelltaste und die Tastaturbelegung.</translation>
    </message>
    <message>
        <source>That is not your recovery key. It is one line that begins with AGE-SECRET-KEY-1; type it as it was printed.</source>
        <translation>Das ist nicht dein Wiederherstellungsschlüssel. Er ist eine Zeile, die mit AGE-SECRET-KEY-1 beginnt; tippe ihn so ab, wie er gedruckt wurde.</translation>
    </message>
    <message>
        <source>That passphrase is too easily guessed. Add a word or two.</source>
        <translation>Diese Passphrase ist zu leicht zu erraten. Füge ein oder zwei Wörter hinzu.</translation>
    </message>
    <message>
        <source>That setting has a value that is not allowed.</source>
        <translation>Diese Einstellung hat einen Wert, der nicht erlaubt ist.</translation>
    </message>
    <message>
        <source>The backup could not be written there. Choose another place, or make room.</source>
        <translation>Die Sicherung ließ sich dort nicht schreiben. Wähle einen anderen Ort oder schaff Platz.</translation>
    </message>
    <message>
        <source>The camera cannot be used. I will try again.</source>
        <translation>Die Kamera lässt sich nicht benutzen. Ich versuche es noch einmal.</translation>
    </message>
    <message>
        <source>The camera shows the same picture again and again. Unplug it and back in.</source>
        <translation>Die Kamera zeigt immer wieder dasselbe Bild. Zieh sie ab und steck sie wieder an.</translation>
    </message>
    <message>
        <source>The camera stopped answering. Check its cable; I will try again.</source>
        <translation>Die Kamera antwortet nicht mehr. Prüfe ihr Kabel; ich versuche es noch einmal.</translation>
    </message>
    <message>
        <source>The file cannot be written there. Choose another folder, or make room.</source>
        <translation>Die Datei lässt sich dort nicht schreiben. Wähle einen anderen Ordner oder schaff Platz.</translation>
    </message>
    <message>
        <source>The pictures do not all show the same person. Start the capture again.</source>
        <translation>Die Bilder zeigen nicht alle dieselbe Person. Beginne die Aufnahme von vorn.</translation>
    </message>
    <message>
        <source>The sealed record does not open: it is damaged or from another computer. It was left as it is.</source>
        <translation>Der versiegelte Datensatz öffnet sich nicht: Er ist beschädigt oder von einem anderen Computer. Er blieb, wie er ist.</translation>
    </message>
    <message>
        <source>The sealed record is from a newer Facelock. Update this one to open it.</source>
        <translation>Der versiegelte Datensatz stammt von einem neueren Facelock. Aktualisiere dieses, um ihn zu öffnen.</translation>
    </message>
    <message>
        <source>The system&apos;s keyring is not available. Unlock it, then try again.</source>
        <translation>Der Schlüsselbund des Systems ist nicht verfügbar. Entsperre ihn und versuch es noch einmal.</translation>
    </message>
    <message>
        <source>The training failed. The network in use stays as it is.</source>
        <translation>Das Training ist gescheitert. Das benutzte Netz bleibt, wie es ist.</translation>
    </message>
    <message>
        <source>The vault could not be written. What was in it still is. Make room on the disk, then try again.</source>
        <translation>Der Tresor ließ sich nicht schreiben. Was darin war, ist noch darin. Schaff Platz auf der Festplatte und versuch es noch einmal.</translation>
    </message>
    <message>
        <source>The vault was closed. Unlock Facelock and try again.</source>
        <translation>Der Tresor wurde geschlossen. Entsperre Facelock und versuch es noch einmal.</translation>
    </message>
    <message>
        <source>There are too few good pictures. Capture some more.</source>
        <translation>Es gibt zu wenige gute Bilder. Nimm noch einige auf.</translation>
    </message>
    <message>
        <source>There are too few people in that folder to calibrate on.</source>
        <translation>In diesem Ordner sind zu wenige Personen, um daran zu kalibrieren.</translation>
    </message>
    <message>
        <source>There are too few pictures or people to learn from. Add some.</source>
        <translation>Es gibt zu wenige Bilder oder Personen, um daraus zu lernen. Füge welche hinzu.</translation>
    </message>
    <message>
        <source>There is no face in that picture clear enough to compare.</source>
        <translation>In diesem Bild ist kein Gesicht deutlich genug zum Vergleichen.</translation>
    </message>
    <message>
        <source>There is no room for this in the vault or on the disk. Nothing was changed. Delete something, or make room, then try again.</source>
        <translation>Dafür ist im Tresor oder auf der Festplatte kein Platz. Nichts wurde geändert. Lösche etwas oder schaff Platz und versuch es noch einmal.</translation>
    </message>
    <message>
        <source>This does not open: it was damaged or changed. It was left as it is. Restore it from a backup.</source>
        <translation>Das öffnet sich nicht: Es wurde beschädigt oder verändert. Es blieb, wie es ist. Stelle es aus einer Sicherung wieder her.</translation>
    </message>
    <message>
        <source>This face is too much like somebody who is already enrolled, so the lock could not tell you apart.</source>
        <translation>Dieses Gesicht ähnelt zu sehr jemandem, der schon eingelernt ist; die Sperre könnte euch nicht unterscheiden.</translation>
    </message>
    <message>
        <source>This is not a physical camera. Only a real one can open a real profile.</source>
        <translation>Das ist keine echte Kamera. Nur eine echte kann ein echtes Profil öffnen.</translation>
    </message>
    <message>
        <source>This is not in the vault any more.</source>
        <translation>Das ist nicht mehr im Tresor.</translation>
    </message>
    <message>
        <source>This is too large to be shown here. Export it instead.</source>
        <translation>Das ist zu groß, um hier angezeigt zu werden. Exportiere es stattdessen.</translation>
    </message>
    <message>
        <source>This vault is older than the one you last used: somebody put an old copy back. Enter your passphrase to open it as it is.</source>
        <translation>Dieser Tresor ist älter als der, den du zuletzt benutzt hast: Jemand hat eine alte Kopie zurückgespielt. Gib deine Passphrase ein, um ihn so zu öffnen.</translation>
    </message>
    <message>
        <source>Too many wrong passphrases in a row. The next is taken in {seconds} seconds.</source>
        <translation>Zu viele falsche Passphrasen hintereinander. Die nächste wird in {seconds} Sekunden angenommen.</translation>
    </message>
    <message>
        <source>What was learnt could not be saved. Make room on the disk.</source>
        <translation>Das Gelernte ließ sich nicht speichern. Schaff Platz auf der Festplatte.</translation>
    </message>
</context>
<context>
    <name>folders</name>
    <message>
        <source>Faces and keys, sealed</source>
        <translation>Gesichter und Schlüssel, versiegelt</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>Protokoll</translation>
    </message>
    <message>
        <source>Preferences</source>
        <translation>Voreinstellungen</translation>
    </message>
    <message>
        <source>Vaults, encrypted</source>
        <translation>Tresore, verschlüsselt</translation>
    </message>
</context>
<context>
    <name>guidance</name>
    <message>
        <source>After a restart the passphrase comes first. Then your face works.</source>
        <translation>Nach einem Neustart kommt zuerst die Passphrase. Dann funktioniert dein Gesicht.</translation>
    </message>
    <message>
        <source>All done. You can relax.</source>
        <translation>Fertig. Du kannst dich entspannen.</translation>
    </message>
    <message>
        <source>Come a little closer.</source>
        <translation>Komm ein wenig näher.</translation>
    </message>
    <message>
        <source>Down</source>
        <translation>Nach unten</translation>
    </message>
    <message>
        <source>Good. Hold it like that.</source>
        <translation>Gut. Bleib so.</translation>
    </message>
    <message>
        <source>Hold still for a moment.</source>
        <translation>Halt einen Moment still.</translation>
    </message>
    <message>
        <source>Hold your head upright.</source>
        <translation>Halt den Kopf aufrecht.</translation>
    </message>
    <message>
        <source>I could not see a face well enough.</source>
        <translation>Ich konnte kein Gesicht gut genug sehen.</translation>
    </message>
    <message>
        <source>I do not know this face. Try again, or type your passphrase.</source>
        <translation>Ich kenne dieses Gesicht nicht. Versuch es noch einmal oder gib deine Passphrase ein.</translation>
    </message>
    <message>
        <source>It is time for your passphrase: it is asked for now and then.</source>
        <translation>Es ist Zeit für deine Passphrase: Ab und zu wird danach gefragt.</translation>
    </message>
    <message>
        <source>It is too dark to see anything. Turn on a light.</source>
        <translation>Es ist zu dunkel, um etwas zu sehen. Mach ein Licht an.</translation>
    </message>
    <message>
        <source>Look straight at the camera and wait.</source>
        <translation>Schau gerade in die Kamera und warte.</translation>
    </message>
    <message>
        <source>Look straight at the camera.</source>
        <translation>Schau gerade in die Kamera.</translation>
    </message>
    <message>
        <source>Looking at you. One moment.</source>
        <translation>Ich schaue dich an. Einen Moment.</translation>
    </message>
    <message>
        <source>Looking for you. Face the camera.</source>
        <translation>Ich suche dich. Schau gerade in die Kamera.</translation>
    </message>
    <message>
        <source>Lower your chin a little.</source>
        <translation>Senk das Kinn ein wenig.</translation>
    </message>
    <message>
        <source>Making sure that you are really there. One moment.</source>
        <translation>Ich prüfe, ob du wirklich da bist. Einen Moment.</translation>
    </message>
    <message>
        <source>More than one face is in the picture. Only you should be.</source>
        <translation>Mehr als ein Gesicht ist im Bild. Nur du solltest es sein.</translation>
    </message>
    <message>
        <source>Move back a little.</source>
        <translation>Geh ein wenig zurück.</translation>
    </message>
    <message>
        <source>Move your whole face into the picture.</source>
        <translation>Rück mit dem ganzen Gesicht ins Bild.</translation>
    </message>
    <message>
        <source>Now close your eyes for a second, then open them.</source>
        <translation>Schließ jetzt für eine Sekunde die Augen und öffne sie dann.</translation>
    </message>
    <message>
        <source>Now lower your chin.</source>
        <translation>Senk jetzt das Kinn.</translation>
    </message>
    <message>
        <source>Now raise your chin.</source>
        <translation>Heb jetzt das Kinn.</translation>
    </message>
    <message>
        <source>Now turn your head to the left.</source>
        <translation>Dreh jetzt den Kopf nach links.</translation>
    </message>
    <message>
        <source>Now turn your head to the right.</source>
        <translation>Dreh jetzt den Kopf nach rechts.</translation>
    </message>
    <message>
        <source>Open your eyes and look at the camera.</source>
        <translation>Öffne die Augen und schau in die Kamera.</translation>
    </message>
    <message>
        <source>Open your eyes.</source>
        <translation>Öffne die Augen.</translation>
    </message>
    <message>
        <source>Part of your face is covered. Uncover it.</source>
        <translation>Ein Teil deines Gesichts ist verdeckt. Mach es frei.</translation>
    </message>
    <message>
        <source>Raise your chin a little.</source>
        <translation>Heb das Kinn ein wenig.</translation>
    </message>
    <message>
        <source>Recognised. Welcome back.</source>
        <translation>Erkannt. Willkommen zurück.</translation>
    </message>
    <message>
        <source>Sit where the camera can see your face.</source>
        <translation>Setz dich so, dass die Kamera dein Gesicht sieht.</translation>
    </message>
    <message>
        <source>Somebody else is in the picture. Only you should be.</source>
        <translation>Jemand anderes ist im Bild. Nur du solltest es sein.</translation>
    </message>
    <message>
        <source>Straight ahead</source>
        <translation>Geradeaus</translation>
    </message>
    <message>
        <source>That did not look like a living face. Try again, or type your passphrase.</source>
        <translation>Das sah nicht nach einem lebendigen Gesicht aus. Versuch es noch einmal oder gib deine Passphrase ein.</translation>
    </message>
    <message>
        <source>That does not look like a living face.</source>
        <translation>Das sieht nicht nach einem lebendigen Gesicht aus.</translation>
    </message>
    <message>
        <source>The picture is black. Open the camera&apos;s shutter, or turn on a light.</source>
        <translation>Das Bild ist schwarz. Öffne die Blende der Kamera oder mach Licht an.</translation>
    </message>
    <message>
        <source>There is too much light on your face.</source>
        <translation>Auf deinem Gesicht ist zu viel Licht.</translation>
    </message>
    <message>
        <source>This camera is new to Facelock. Type your passphrase once; from then on your face works with it too.</source>
        <translation>Diese Kamera ist neu für Facelock. Gib einmal deine Passphrase ein; danach funktioniert dein Gesicht auch mit ihr.</translation>
    </message>
    <message>
        <source>This face is too much like somebody who is already enrolled.</source>
        <translation>Dieses Gesicht ähnelt zu sehr jemandem, der schon eingelernt ist.</translation>
    </message>
    <message>
        <source>This looks like somebody else. Only one person can be enrolled at a time.</source>
        <translation>Das sieht nach jemand anderem aus. Es kann immer nur eine Person eingelernt werden.</translation>
    </message>
    <message>
        <source>To your left</source>
        <translation>Nach links</translation>
    </message>
    <message>
        <source>To your right</source>
        <translation>Nach rechts</translation>
    </message>
    <message>
        <source>Too many faces were refused. Your passphrase turns face unlock on again.</source>
        <translation>Zu viele Gesichter wurden abgewiesen. Deine Passphrase schaltet das Entsperren mit dem Gesicht wieder ein.</translation>
    </message>
    <message>
        <source>Turn back towards the camera a little.</source>
        <translation>Dreh dich ein wenig zur Kamera zurück.</translation>
    </message>
    <message>
        <source>Turn your head a little, to and fro.</source>
        <translation>Dreh den Kopf ein wenig hin und her.</translation>
    </message>
    <message>
        <source>Turn your head slowly to the left.</source>
        <translation>Dreh den Kopf langsam nach links.</translation>
    </message>
    <message>
        <source>Turn your head slowly to the right.</source>
        <translation>Dreh den Kopf langsam nach rechts.</translation>
    </message>
    <message>
        <source>Up</source>
        <translation>Nach oben</translation>
    </message>
    <message>
        <source>Your face needs more light, best from the front.</source>
        <translation>Dein Gesicht braucht mehr Licht, am besten von vorn.</translation>
    </message>
    <message>
        <source>Your passphrase comes first: it brings the key that your face opens. On a computer without a keyring that lasts until Facelock closes.</source>
        <translation>Zuerst kommt deine Passphrase: Sie bringt den Schlüssel, den dein Gesicht öffnet. Auf einem Computer ohne Schlüsselbund hält das, bis Facelock geschlossen wird.</translation>
    </message>
</context>
<context>
    <name>leaving</name>
    <message>
        <source>never</source>
        <translation>nie</translation>
    </message>
    <message>
        <source>off</source>
        <translation>aus</translation>
    </message>
    <message>
        <source>on</source>
        <translation>an</translation>
    </message>
    <message>
        <source>{count} seconds</source>
        <translation>{count} Sekunden</translation>
    </message>
</context>
<context>
    <name>levels</name>
    <message>
        <source>Asks you to turn your head three times: some ten seconds</source>
        <translation>Lässt dich den Kopf dreimal drehen: etwa zehn Sekunden</translation>
    </message>
    <message>
        <source>By our measurements, opens for at most about 1 in {strangers} strangers</source>
        <translation>Öffnet nach unseren Messungen höchstens für etwa 1 von {strangers} Fremden</translation>
    </message>
    <message>
        <source>For a desk at home.</source>
        <translation>Für den Schreibtisch zu Hause.</translation>
    </message>
    <message>
        <source>For most people.</source>
        <translation>Für die meisten.</translation>
    </message>
    <message>
        <source>For shared rooms.</source>
        <translation>Für geteilte Räume.</translation>
    </message>
    <message>
        <source>Locks after {time} without use</source>
        <translation>Sperrt nach {time} ohne Benutzung</translation>
    </message>
    <message>
        <source>Locks {seconds} s after you leave and hides from a second face; the camera is on while open</source>
        <translation>Sperrt {seconds} s, nachdem du gehst, und verdeckt sich vor einem zweiten Gesicht; die Kamera ist an, solange offen ist</translation>
    </message>
    <message>
        <source>Locks {seconds} s after you leave; the camera is on while open</source>
        <translation>Sperrt {seconds} s, nachdem du gehst; die Kamera ist an, solange offen ist</translation>
    </message>
    <message>
        <source>Looks for photos and screens</source>
        <translation>Achtet auf Fotos und Bildschirme</translation>
    </message>
    <message>
        <source>Looks for photos and screens, and that your head moves</source>
        <translation>Achtet auf Fotos und Bildschirme und darauf, dass sich dein Kopf bewegt</translation>
    </message>
    <message>
        <source>Passphrase again after {days} at the latest</source>
        <translation>Spätestens nach {days} wieder die Passphrase</translation>
    </message>
    <message>
        <source>Passphrase only, after {count} failed glances</source>
        <translation>Nur die Passphrase nach {count} Fehlversuchen</translation>
    </message>
    <message>
        <source>The camera is off while Facelock is open</source>
        <translation>Die Kamera ist aus, solange Facelock offen ist</translation>
    </message>
    <message>
        <source>Waits {seconds} s or more from failed glance {which} on</source>
        <translation>Wartet ab Fehlversuch {which} mindestens {seconds} s</translation>
    </message>
    <message>
        <source>a day</source>
        <translation>1 Tag</translation>
    </message>
    <message>
        <source>a minute</source>
        <translation>1 Minute</translation>
    </message>
    <message>
        <source>{count} days</source>
        <translation>{count} Tagen</translation>
    </message>
    <message>
        <source>{count} minutes</source>
        <translation>{count} Minuten</translation>
    </message>
</context>
<context>
    <name>looks</name>
    <message>
        <source>Look remembered on {day}, until {end}</source>
        <translation>Aussehen, gemerkt am {day}, bis {end}</translation>
    </message>
    <message>
        <source>Look “{name}”, enrolled on {day}</source>
        <translation>Aussehen „{name}“, eingelernt am {day}</translation>
    </message>
    <message>
        <source>Usual look, enrolled on {day}</source>
        <translation>Übliches Aussehen, eingelernt am {day}</translation>
    </message>
</context>
<context>
    <name>navigation</name>
    <message>
        <source>About</source>
        <translation>Über</translation>
    </message>
    <message>
        <source>Activity</source>
        <translation>Aktivität</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>Vergleichen</translation>
    </message>
    <message>
        <source>People</source>
        <translation>Personen</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Vault</source>
        <translation>Tresor</translation>
    </message>
</context>
<context>
    <name>notices</name>
    <message>
        <source>This text is missing from the installation.</source>
        <translation>Dieser Text fehlt in der Installation.</translation>
    </message>
</context>
<context>
    <name>pictures</name>
    <message>
        <source>No face was found in this picture.</source>
        <translation>In diesem Bild wurde kein Gesicht gefunden.</translation>
    </message>
    <message>
        <source>The distance is {distance}; only up to {threshold} counts as the same person at {level}.</source>
        <translation>Der Abstand ist {distance}; nur bis {threshold} gilt bei {level} als dieselbe Person.</translation>
    </message>
    <message>
        <source>The distance is {distance}; up to {threshold} counts as the same person at {level}.</source>
        <translation>Der Abstand ist {distance}; bis {threshold} gilt bei {level} als dieselbe Person.</translation>
    </message>
    <message>
        <source>The face is burnt out by light.</source>
        <translation>Das Gesicht ist überbelichtet.</translation>
    </message>
    <message>
        <source>The face is cut off by the edge of the picture.</source>
        <translation>Das Gesicht ist vom Bildrand abgeschnitten.</translation>
    </message>
    <message>
        <source>The face is not clear enough to compare.</source>
        <translation>Das Gesicht ist zum Vergleichen nicht deutlich genug.</translation>
    </message>
    <message>
        <source>The face is too dark or too flat to compare.</source>
        <translation>Das Gesicht ist zum Vergleichen zu dunkel oder zu flau.</translation>
    </message>
    <message>
        <source>The face is too small in this picture.</source>
        <translation>Das Gesicht ist in diesem Bild zu klein.</translation>
    </message>
    <message>
        <source>There are {count} faces in this picture. Choose one with a single person.</source>
        <translation>In diesem Bild sind {count} Gesichter. Wähle eines mit einer einzigen Person.</translation>
    </message>
    <message>
        <source>This picture is too dark to see anybody in it.</source>
        <translation>Dieses Bild ist zu dunkel, um jemanden darin zu sehen.</translation>
    </message>
    <message>
        <source>Two different people fall below this line in at most about 1 of {pairs} pairs. Relatives, and twins above all, can look closer than that.</source>
        <translation>Zwei verschiedene Personen liegen bei höchstens etwa 1 von {pairs} Paaren unter dieser Schwelle. Verwandte, vor allem Zwillinge, können sich noch ähnlicher sehen.</translation>
    </message>
</context>
<context>
    <name>recovery</name>
    <message>
        <source>A new recovery key will open everything, and the one before nothing.</source>
        <translation>Ein neuer Wiederherstellungsschlüssel wird alles öffnen und der vorige nichts mehr.</translation>
    </message>
    <message>
        <source>Facelock recovery key</source>
        <translation>Wiederherstellungsschlüssel von Facelock</translation>
    </message>
    <message>
        <source>Facelock recovery key. Whoever has it can open everything: keep it safe.</source>
        <translation>Wiederherstellungsschlüssel von Facelock. Wer ihn hat, kann alles öffnen: Bewahre ihn gut auf.</translation>
    </message>
    <message>
        <source>It opens everything without the passphrase. Choose “Forgot your passphrase?” on the lock page, or type: facelock recovery --use. Spaces and line breaks do not matter. Keep this page where you keep your passport, and not beside the computer.</source>
        <translation>Er öffnet alles ohne die Passphrase. Wähle „Passphrase vergessen?“ auf der Sperrseite, oder tippe: facelock recovery --use. Leerzeichen und Zeilenumbrüche spielen keine Rolle. Bewahre diese Seite auf, wo dein Reisepass liegt, und nicht neben dem Computer.</translation>
    </message>
    <message>
        <source>Make a recovery key</source>
        <translation>Schlüssel anlegen</translation>
    </message>
</context>
<context>
    <name>renewal</name>
    <message>
        <source>Facelock&apos;s network was renewed without pictures of {names}: type your passphrase.</source>
        <translation>Das Netz von Facelock wurde erneuert, ohne Bilder von {names}: Gib deine Passphrase ein.</translation>
    </message>
    <message>
        <source>Facelock&apos;s network was renewed, and no pictures of {name} were kept, so this face opens nothing. The passphrase of {name} works. To use the face again, remove {name} here and add them anew.</source>
        <translation>Das Netz von Facelock wurde erneuert, und von {name} wurden keine Bilder behalten, also öffnet dieses Gesicht nichts. Die Passphrase von {name} funktioniert. Um das Gesicht wieder zu nutzen, entferne {name} hier und füge die Person neu hinzu.</translation>
    </message>
    <message>
        <source>Facelock&apos;s network was renewed, and you kept no pictures: unlock with your passphrase and enrol again.</source>
        <translation>Das Netz von Facelock wurde erneuert, und du hast keine Bilder behalten: Entsperre mit deiner Passphrase und lerne dein Gesicht neu ein.</translation>
    </message>
    <message>
        <source>Facelock&apos;s network was renewed. Getting your face ready; your passphrase works already.</source>
        <translation>Das Netz von Facelock wurde erneuert. Dein Gesicht wird vorbereitet; deine Passphrase funktioniert schon.</translation>
    </message>
    <message>
        <source>Looking for you. Face the camera.</source>
        <translation>Ich suche dich. Schau gerade in die Kamera.</translation>
    </message>
    <message>
        <source>The record of your face does not open. Type your passphrase; People then says what to do.</source>
        <translation>Der Datensatz deines Gesichts öffnet sich nicht. Gib deine Passphrase ein; unter Personen steht dann, was zu tun ist.</translation>
    </message>
</context>
<context>
    <name>retraining</name>
    <message>
        <source>Also enrolled: {who}. They are told apart, and may not be recognised worse.</source>
        <translation>Auch eingelernt: {who}. Sie werden unterschieden und dürfen nicht schlechter erkannt werden.</translation>
    </message>
    <message>
        <source>Checking the pictures</source>
        <translation>Die Bilder werden geprüft</translation>
    </message>
    <message>
        <source>Contrastive</source>
        <translation>Kontrastiv</translation>
    </message>
    <message>
        <source>Enrol again with more light on the face.</source>
        <translation>Lerne das Gesicht mit mehr Licht darauf neu ein.</translation>
    </message>
    <message>
        <source>Enrol again, and allow that the pictures are kept. They stay sealed.</source>
        <translation>Lerne das Gesicht neu ein und erlaube, dass die Bilder behalten werden. Sie bleiben versiegelt.</translation>
    </message>
    <message>
        <source>Enrol again, and let the camera see the face from all sides.</source>
        <translation>Lerne das Gesicht neu ein und lass die Kamera es von allen Seiten sehen.</translation>
    </message>
    <message>
        <source>Enrol again, and turn the head when you are asked to.</source>
        <translation>Lerne das Gesicht neu ein und dreh den Kopf, wenn es verlangt wird.</translation>
    </message>
    <message>
        <source>Enrol again, with nobody else before the camera.</source>
        <translation>Lerne das Gesicht neu ein, mit niemand anderem vor der Kamera.</translation>
    </message>
    <message>
        <source>It does not tell faces apart better than the present one.</source>
        <translation>Sie unterscheidet Gesichter nicht besser als die jetzige.</translation>
    </message>
    <message>
        <source>It is in force now, for everybody on this computer.</source>
        <translation>Sie gilt jetzt, für alle an diesem Computer.</translation>
    </message>
    <message>
        <source>It is in force now, for everybody on this computer. The system&apos;s keyring did not answer; it is told later.</source>
        <translation>Sie gilt jetzt, für alle an diesem Computer. Der Schlüsselbund des Systems hat nicht geantwortet; er erfährt es später.</translation>
    </message>
    <message>
        <source>It takes {time}. Everything else in Facelock can be used meanwhile.</source>
        <translation>Es dauert {time}. Alles andere in Facelock lässt sich währenddessen nutzen.</translation>
    </message>
    <message>
        <source>It would fail to recognise {who} more often than the present one.</source>
        <translation>Sie würde das Gesicht von {who} öfter nicht erkennen als die jetzige.</translation>
    </message>
    <message>
        <source>It would open for strangers more often than the level allows.</source>
        <translation>Sie würde sich öfter für Fremde öffnen, als die Stufe erlaubt.</translation>
    </message>
    <message>
        <source>Judging the result by what was held back</source>
        <translation>Das Ergebnis wird an den zurückbehaltenen Bildern geprüft</translation>
    </message>
    <message>
        <source>Learning</source>
        <translation>Es wird gelernt</translation>
    </message>
    <message>
        <source>Looks at three pictures: your own two must lie nearer than a stranger&apos;s.</source>
        <translation>Betrachtet drei Bilder: Deine eigenen zwei müssen näher liegen als das eines Fremden.</translation>
    </message>
    <message>
        <source>Looks at two pictures: alike are drawn together, others pushed apart.</source>
        <translation>Betrachtet zwei Bilder: Gleiche werden zusammengezogen, andere auseinandergeschoben.</translation>
    </message>
    <message>
        <source>More varied pictures help: enrol again in the light, and with the glasses, in which you are not recognised now.</source>
        <translation>Vielfältigere Bilder helfen: Lerne dein Gesicht in dem Licht und mit der Brille neu ein, mit denen du jetzt nicht erkannt wirst.</translation>
    </message>
    <message>
        <source>No pictures of {who} were kept, so there is nothing that can be varied.</source>
        <translation>Von {who} wurden keine Bilder behalten, also gibt es nichts zum Abwandeln.</translation>
    </message>
    <message>
        <source>Press “Use the defaults” under Advanced, and try again.</source>
        <translation>Drück unter Erweitert auf „Vorgaben verwenden“ und versuch es noch einmal.</translation>
    </message>
    <message>
        <source>See under People whether the names are right. If they are, enrol again.</source>
        <translation>Sieh unter Personen nach, ob die Namen stimmen. Wenn ja, lerne neu ein.</translation>
    </message>
    <message>
        <source>Some of the samples of {who} seem to show somebody else.</source>
        <translation>Einige Proben von {who} scheinen jemand anderen zu zeigen.</translation>
    </message>
    <message>
        <source>Strangers that come with Facelock: {used} to be told apart from, {held} more that only judge the result.</source>
        <translation>Fremde, die mit Facelock kommen: {used} zum Unterscheiden, {held} weitere, die nur das Ergebnis prüfen.</translation>
    </message>
    <message>
        <source>Strangers would match {who}, or come near to it, more often than now.</source>
        <translation>Fremde würden öfter als jetzt für das Gesicht von {who} gehalten, oder beinahe.</translation>
    </message>
    <message>
        <source>The pictures of {who} are too dark to learn from.</source>
        <translation>Die Bilder von {who} sind zu dunkel, um daraus zu lernen.</translation>
    </message>
    <message>
        <source>The samples of {who} are one and the same picture, over and over.</source>
        <translation>Die Proben von {who} sind immer wieder ein und dasselbe Bild.</translation>
    </message>
    <message>
        <source>The samples of {who} look like somebody else who is enrolled.</source>
        <translation>Die Proben von {who} ähneln jemand anderem, der eingelernt ist.</translation>
    </message>
    <message>
        <source>The training went astray.</source>
        <translation>Das Training hat sich verrannt.</translation>
    </message>
    <message>
        <source>There are too few samples of {who}: none could be held back to judge by.</source>
        <translation>Es gibt zu wenige Proben von {who}: Keine ließ sich zum Prüfen zurücklegen.</translation>
    </message>
    <message>
        <source>There is nothing to do: with these pictures the present one is as good.</source>
        <translation>Es ist nichts zu tun: Mit diesen Bildern ist die jetzige ebenso gut.</translation>
    </message>
    <message>
        <source>Trained for {who} on {samples} samples and {strangers} of strangers. {loss} loss, {epochs} epochs.</source>
        <translation>Für {who} trainiert, mit {samples} Proben und {strangers} von Fremden. Verlust {loss}, {epochs} Durchgänge.</translation>
    </message>
    <message>
        <source>Triplet</source>
        <translation>Triplett</translation>
    </message>
    <message>
        <source>Varying the pictures as webcams would</source>
        <translation>Die Bilder werden abgewandelt, wie Webcams es täten</translation>
    </message>
    <message>
        <source>a few seconds</source>
        <translation>ein paar Sekunden</translation>
    </message>
    <message>
        <source>about a minute</source>
        <translation>etwa eine Minute</translation>
    </message>
    <message>
        <source>about half a minute</source>
        <translation>etwa eine halbe Minute</translation>
    </message>
    <message>
        <source>about {count} minutes</source>
        <translation>etwa {count} Minuten</translation>
    </message>
    <message>
        <source>about {count} seconds</source>
        <translation>etwa {count} Sekunden</translation>
    </message>
    <message>
        <source>one picture</source>
        <translation>ein Bild</translation>
    </message>
    <message>
        <source>somebody</source>
        <translation>jemand</translation>
    </message>
    <message>
        <source>{count} people</source>
        <translation>{count} Personen</translation>
    </message>
    <message>
        <source>{count} pictures</source>
        <translation>{count} Bilder</translation>
    </message>
    <message>
        <source>{name}: {samples} samples, {pictures} of them kept as pictures.</source>
        <translation>{name}: {samples} Proben, {pictures} davon als Bilder behalten.</translation>
    </message>
    <message>
        <source>{people} people with {samples} samples, {pictures} of them kept as pictures.</source>
        <translation>{people} Personen mit {samples} Proben, {pictures} davon als Bilder behalten.</translation>
    </message>
    <message>
        <source>{time} to go</source>
        <translation>noch {time}</translation>
    </message>
</context>
<context>
    <name>retraining figures</name>
    <message>
        <source>After</source>
        <translation>Nachher</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>Vorher</translation>
    </message>
    <message>
        <source>Distance of the nearest stranger</source>
        <translation>Abstand des nächsten Fremden</translation>
    </message>
    <message>
        <source>Distance up to which a picture counts</source>
        <translation>Abstand, bis zu dem ein Bild gilt</translation>
    </message>
    <message>
        <source>Everybody</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>Gap between own pictures and strangers</source>
        <translation>Lücke zwischen eigenen Bildern und Fremden</translation>
    </message>
    <message>
        <source>Of {count} comparisons with strangers held back, {before} matched before, {after} after.</source>
        <translation>Von {count} Vergleichen mit zurückbehaltenen Fremden galten vorher {before} als gleich, nachher {after}.</translation>
    </message>
    <message>
        <source>Of {count} held-back pictures, as they are and as poor webcams would show them, {before} were not recognised before, {after} after.</source>
        <translation>Von {count} zurückbehaltenen Bildern, wie sie sind und wie schlechte Webcams sie zeigen würden, wurden vorher {before} nicht erkannt, nachher {after}.</translation>
    </message>
    <message>
        <source>Own pictures not recognised</source>
        <translation>Eigene Bilder, nicht erkannt</translation>
    </message>
    <message>
        <source>Strangers that come unusually near</source>
        <translation>Fremde, die ungewöhnlich nah kommen</translation>
    </message>
    <message>
        <source>Strangers that match</source>
        <translation>Fremde, die als gleich gelten</translation>
    </message>
    <message>
        <source>What was measured</source>
        <translation>Was gemessen wurde</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>Wer</translation>
    </message>
    <message>
        <source>{part} of {count}</source>
        <translation>{part} von {count}</translation>
    </message>
    <message>
        <source>{who}, {what}: {before} before, {after} after.</source>
        <translation>{who}, {what}: vorher {before}, nachher {after}.</translation>
    </message>
</context>
<context>
    <name>settings</name>
    <message>
        <source>About</source>
        <translation>Über</translation>
    </message>
    <message>
        <source>Activity</source>
        <translation>Aktivität</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>Darstellung</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>Kamera</translation>
    </message>
    <message>
        <source>Each choice holds at once.</source>
        <translation>Jede Wahl gilt sofort.</translation>
    </message>
    <message>
        <source>How strict the lock is, and what that means for you.</source>
        <translation>Wie streng die Sperre ist, und was das für dich bedeutet.</translation>
    </message>
    <message>
        <source>Let the network learn your face better, on this computer.</source>
        <translation>Lass das Netz dein Gesicht besser lernen, auf diesem Computer.</translation>
    </message>
    <message>
        <source>Locking</source>
        <translation>Sperren</translation>
    </message>
    <message>
        <source>People</source>
        <translation>Personen</translation>
    </message>
    <message>
        <source>Recognition</source>
        <translation>Erkennung</translation>
    </message>
    <message>
        <source>Retraining</source>
        <translation>Nachtraining</translation>
    </message>
    <message>
        <source>Security level</source>
        <translation>Sicherheit</translation>
    </message>
    <message>
        <source>Starting, and the tray</source>
        <translation>Start und Infobereich</translation>
    </message>
    <message>
        <source>Vault</source>
        <translation>Tresor</translation>
    </message>
    <message>
        <source>What happened lately, and what is kept of it.</source>
        <translation>Was zuletzt geschah, und was davon behalten wird.</translation>
    </message>
    <message>
        <source>What is kept of you, and how well you are recognised.</source>
        <translation>Was von dir behalten wird, und wie gut du erkannt wirst.</translation>
    </message>
    <message>
        <source>What it may hold.</source>
        <translation>Was er fassen darf.</translation>
    </message>
    <message>
        <source>What this lock can do, and where your data lies.</source>
        <translation>Was diese Sperre kann, und wo deine Daten liegen.</translation>
    </message>
    <message>
        <source>When Facelock locks, and when it asks for the passphrase.</source>
        <translation>Wann Facelock sperrt, und wann es nach der Passphrase fragt.</translation>
    </message>
    <message>
        <source>Which one looks at you, and whether it sees well enough.</source>
        <translation>Welche dich ansieht, und ob sie genug sieht.</translation>
    </message>
    <message>
        <source>Whose face opens Facelock on this computer.</source>
        <translation>Wessen Gesicht Facelock auf diesem Computer öffnet.</translation>
    </message>
</context>
<context>
    <name>standing</name>
    <message>
        <source>About {count} of 100 pairs of different people are as close as this or closer.</source>
        <translation>Etwa {count} von 100 Paaren verschiedener Personen liegen so nah oder näher.</translation>
    </message>
    <message>
        <source>At most about 1 of {pairs} pairs of different people is this close.</source>
        <translation>Höchstens etwa 1 von {pairs} Paaren verschiedener Personen liegt so nah.</translation>
    </message>
    <message>
        <source>Closer than {count} of {pairs} pairs of the same person.</source>
        <translation>Näher als {count} von {pairs} Paaren derselben Person.</translation>
    </message>
    <message>
        <source>Farther apart than {count} of {pairs} pairs of the same person.</source>
        <translation>Weiter auseinander als {count} von {pairs} Paaren derselben Person.</translation>
    </message>
    <message>
        <source>Measured on pictures of {people} people, {several} of them with several.</source>
        <translation>Gemessen an Bildern von {people} Personen, von {several} davon gab es mehrere.</translation>
    </message>
    <message>
        <source>Nearly all pairs of different people are as close as this or closer.</source>
        <translation>Fast alle Paare verschiedener Personen liegen so nah oder näher.</translation>
    </message>
</context>
<context>
    <name>threshold</name>
    <message>
        <source>Balanced</source>
        <translation>Ausgewogen</translation>
    </message>
    <message>
        <source>By our measurements it opens for at most about 1 in {strangers} strangers.</source>
        <translation>Nach unseren Messungen öffnet sich die Sperre höchstens für etwa 1 von {strangers} Fremden.</translation>
    </message>
    <message>
        <source>Convenient</source>
        <translation>Bequem</translation>
    </message>
    <message>
        <source>Strict</source>
        <translation>Streng</translation>
    </message>
    <message>
        <source>The line is drawn in by somebody in our test data who looks quite like this person.</source>
        <translation>Die Schwelle ist enger gezogen, weil jemand in unseren Testdaten dieser Person recht ähnlich sieht.</translation>
    </message>
    <message>
        <source>The line is set by how often strangers look alike.</source>
        <translation>Die Schwelle richtet sich danach, wie oft Fremde sich ähnlich sehen.</translation>
    </message>
    <message>
        <source>The line lies close around this person&apos;s own pictures.</source>
        <translation>Die Schwelle liegt eng um die eigenen Bilder dieser Person.</translation>
    </message>
    <message>
        <source>The line was held within safe limits.</source>
        <translation>Die Schwelle wurde in sicheren Grenzen gehalten.</translation>
    </message>
    <message>
        <source>Your line is the same at all three: it lies so close around your own pictures that it meets the strictest our measurements can show. The levels differ in the rest.</source>
        <translation>Deine Schwelle ist bei allen dreien gleich: Sie liegt so eng um deine eigenen Bilder, dass sie schon das Strengste erfüllt, was unsere Messungen zeigen können. Die Stufen unterscheiden sich im Übrigen.</translation>
    </message>
    <message>
        <source>{level} asks for more than our measurements can show. The strictest line they support is used instead.</source>
        <translation>{level} verlangt mehr, als unsere Messungen zeigen können. Stattdessen gilt die strengste Schwelle, die sie stützen.</translation>
    </message>
</context>
<context>
    <name>vault</name>
    <message>
        <source>1 byte</source>
        <translation>1 Byte</translation>
    </message>
    <message>
        <source>1 item</source>
        <translation>1 Eintrag</translation>
    </message>
    <message>
        <source>A name has at least one letter.</source>
        <translation>Ein Name hat mindestens einen Buchstaben.</translation>
    </message>
    <message>
        <source>Cancelled; what was done stays.</source>
        <translation>Abgebrochen; was schon getan war, bleibt.</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>Not done: {names}.</source>
        <translation>Nicht geschafft: {names}.</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Notiz</translation>
    </message>
    <message>
        <source>Nothing found.</source>
        <translation>Nichts gefunden.</translation>
    </message>
    <message>
        <source>Picture {when}.png</source>
        <translation>Bild {when}.png</translation>
    </message>
    <message>
        <source>Room in the vault</source>
        <translation>Platz im Tresor</translation>
    </message>
    <message>
        <source>That is too long for a note. Add it as a file.</source>
        <translation>Das ist zu lang für eine Notiz. Füge es als Datei hinzu.</translation>
    </message>
    <message>
        <source>The originals are still where they were, not encrypted: delete them yourself if they should not be.</source>
        <translation>Die Originale liegen noch unverschlüsselt, wo sie waren: Lösche sie selbst, wenn sie dort nicht bleiben sollen.</translation>
    </message>
    <message>
        <source>Today {time}</source>
        <translation>Heute {time}</translation>
    </message>
    <message>
        <source>What was exported is not encrypted: anybody who gets at it can read it.</source>
        <translation>Was exportiert wurde, ist nicht verschlüsselt: Wer herankommt, kann es lesen.</translation>
    </message>
    <message>
        <source>less than 1 %</source>
        <translation>weniger als 1 %</translation>
    </message>
    <message>
        <source>{count} could not be read: {names}.</source>
        <translation>{count} nicht lesbar: {names}.</translation>
    </message>
    <message>
        <source>{count} items</source>
        <translation>{count} Einträge</translation>
    </message>
    <message>
        <source>{done} added.</source>
        <translation>{done} hinzugefügt.</translation>
    </message>
    <message>
        <source>{done} exported.</source>
        <translation>{done} exportiert.</translation>
    </message>
    <message>
        <source>{done} of {count} added.</source>
        <translation>{done} von {count} hinzugefügt.</translation>
    </message>
    <message>
        <source>{done} of {count} exported.</source>
        <translation>{done} von {count} exportiert.</translation>
    </message>
    <message>
        <source>{found} of {items} found.</source>
        <translation>{items}, davon {found} gefunden.</translation>
    </message>
    <message>
        <source>{items}, {used} of {quota} used</source>
        <translation>{items}, {used} von {quota} belegt</translation>
    </message>
    <message>
        <source>{kind} file</source>
        <translation>{kind}-Datei</translation>
    </message>
    <message>
        <source>{names} and {count} more</source>
        <translation>{names} und {count} weitere</translation>
    </message>
    <message>
        <source>{number} %</source>
        <translation>{number} %</translation>
    </message>
    <message>
        <source>{used} of {quota} used: {share}.</source>
        <translation>{used} von {quota} belegt: {share}.</translation>
    </message>
</context>
</TS>
