-- Contracts with what is known of the placement that they are about; 'unknown' where nobody told of it.
CREATE OR REPLACE VIEW placement_contracts AS
SELECT c.*, if(p.entity = '', 'unknown', p.care_form) AS care_form,
       if(p.entity = '', 'unknown', p.target_group) AS target_group, p.ended_at AS placement_ended_at
FROM contracts_now AS c
LEFT JOIN placements_now AS p ON p.municipality = c.municipality AND p.placement = c.placement;
