/*
id = "H6"
title_sv = "Väggskärmens längsta väntan, i egna intervall"
title_en = "The wall screen's longest wait, in its own intervals"
definition = "Det största av tre tal: tiden sedan skärmens livstecken delat med 30 sekunder, och, när den senast hördes, tiden sedan den fick nya siffror och tiden sedan den bytte sida, var och en delad med sitt eget intervall. En skärm som har varit tyst i ett dygn räknas som nedtagen."
unit_sv = "intervall"
unit_en = "intervals"
decimals = 1
rule = "at_most"
limit = 2
user = "Dataingenjör, den som sköter skärmen"
decision = "Gå till skärmen, eller starta om den"
to_do_sv = "Gå till skärmen eller starta om den: den är tyst, får inga nya siffror eller byter inte sida."
to_do_en = "Go to the screen or start it again: it is silent, gets no new figures or does not change page."
*/
SELECT substring(s.page, 2, 4) AS municipality, s.screen AS part,
       arrayMax([
           greatest(0, dateDiff('second', s.seen_at, {now:DateTime64(6, 'UTC')})) / 30,
           if(s.refreshed_at IS NULL OR s.refresh_s = 0, 0,
              dateDiff('second', assumeNotNull(s.refreshed_at), s.seen_at) / s.refresh_s),
           if(s.rotated_at IS NULL OR s.rotate_s = 0, 0,
              dateDiff('second', assumeNotNull(s.rotated_at), s.seen_at) / s.rotate_s)
       ]) AS value,
       NULL AS most
FROM (SELECT * FROM screens FINAL) AS s
WHERE s.seen_at > {now:DateTime64(6, 'UTC')} - INTERVAL 1 DAY
