/*
id = "H8"
title_sv = "Rader och siffror som skilde sig när arkivet vecklades på nytt"
title_en = "Rows and figures that differed when the archive was folded anew"
definition = "Det som skilde sig vid den senaste ./puls verify: rader av ärenden och andra saker, och beräknade siffror. Inget värde om det aldrig har prövats."
unit_sv = "skillnader"
unit_en = "differences"
rule = "at_most"
limit = 0
user = "Dataingenjör"
decision = "Använd inga siffror förrän skillnaden är förklarad"
to_do_sv = "Kör ./puls verify, som nämner varje skillnad och händelserna bakom, och sedan ./puls rebuild."
to_do_en = "Run ./puls verify, which names each difference and the events behind it, and then ./puls rebuild."
*/
SELECT '' AS municipality, '' AS part,
       if(count() = 0, NULL, toFloat64(argMax(v.differing_rows + v.differing_figures, v.ended_at))) AS value, NULL AS most
FROM verifications AS v WHERE v.ended_at <= {now:DateTime64(6, 'UTC')}
