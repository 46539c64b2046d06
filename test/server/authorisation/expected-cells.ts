/**
 * What becomes of each operation in the hands of each actor, written down by hand.
 *
 * Objects. `A`: Ann's ticket on desk one, of the contact `service`. `B`: Bob's on the same desk, of `billing`. `A2`: Ann's on desk
 * two. `A:B`: below A's ticket, what belongs to B's; `A:note`: the file of a note; `A:upload`: a file that no message has.
 *
 * Actors. `sec…`: the secret of that ticket. `dev…`: a session of a device with it. `link…`, `jwt…`: a session of the person.
 * `agent` serves one/service, `other` one/billing, `agent2` two/service, `admin` everybody, each with the cookie of the inbox;
 * `key…`: a bearer key of theirs.
 *
 * Cells. `ok`: done, for this object alone. `-`: answered alike, and nothing is done or shown. Names of objects: a list of just
 * these. Numbers: refused so, and nothing has changed.
 */
export const EXPECTED_CELLS = `
operation object            anon  secA  secB  devA  devB linkA linkB  jwtA  jwtB devA2 linkA2 agent other agent2 admin   key keyOth  key2 keyAdm

# what a customer reads and writes
getTicket A                  404    ok   404    ok   404    ok   404    ok   404   404    404   404   404    404   404   404    404   404    404
getTicket B                  404   404    ok   404    ok   404    ok   404    ok   404    404   404   404    404   404   404    404   404    404
getTicket A2                 404   404   404   404   404   404   404   404   404    ok     ok   404   404    404   404   404    404   404    404
getThread A                  404    ok   404    ok   404    ok   404    ok   404   404    404   404   404    404   404   404    404   404    404
getThread B                  404   404    ok   404    ok   404    ok   404    ok   404    404   404   404    404   404   404    404   404    404
getThread A2                 404   404   404   404   404   404   404   404   404    ok     ok   404   404    404   404   404    404   404    404
reply A                      404    ok   404    ok   404    ok   404    ok   404   404    404   404   404    404   404   404    404   404    404
reply B                      404   404    ok   404    ok   404    ok   404    ok   404    404   404   404    404   404   404    404   404    404
reply A2                     404   404   404   404   404   404   404   404   404    ok     ok   404   404    404   404   404    404   404    404
changeTicket A               404    ok   404    ok   404    ok   404    ok   404   404    404   404   404    404   404   404    404   404    404
changeTicket B               404   404    ok   404    ok   404    ok   404    ok   404    404   404   404    404   404   404    404   404    404
changeTicket A2              404   404   404   404   404   404   404   404   404    ok     ok   404   404    404   404   404    404   404    404
getAttachment A              404    ok   404    ok   404    ok   404    ok   404   404    404   404   404    404   404   404    404   404    404
getAttachment B              404   404    ok   404    ok   404    ok   404    ok   404    404   404   404    404   404   404    404   404    404
getAttachment A2             404   404   404   404   404   404   404   404   404    ok     ok   404   404    404   404   404    404   404    404
getAttachment A:B            404   404   404   404   404   404   404   404   404   404    404   404   404    404   404   404    404   404    404
getAttachment A:note         404   404   404   404   404   404   404   404   404   404    404   404   404    404   404   404    404   404    404
getAttachment A:upload       404   404   404   404   404   404   404   404   404   404    404   404   404    404   404   404    404   404    404
linkAttachment A             404    ok   404    ok   404    ok   404    ok   404   404    404   404   404    404   404   404    404   404    404
linkAttachment B             404   404    ok   404    ok   404    ok   404    ok   404    404   404   404    404   404   404    404   404    404
linkAttachment A2            404   404   404   404   404   404   404   404   404    ok     ok   404   404    404   404   404    404   404    404
linkAttachment A:B           404   404   404   404   404   404   404   404   404   404    404   404   404    404   404   404    404   404    404
linkAttachment A:note        404   404   404   404   404   404   404   404   404   404    404   404   404    404   404   404    404   404    404
linkAttachment A:upload      404   404   404   404   404   404   404   404   404   404    404   404   404    404   404   404    404   404    404
listTickets one              401   401   401     A     B     A     B     A     B   401    401   401   401    401   401   401    401   401    401
listTickets two              401   401   401   401   401   401   401   401   401    A2     A2   401   401    401   401   401    401   401    401

# sessions
listSessions one             401   401   401    ok    ok    ok    ok    ok    ok   401    401   401   401    401   401   401    401   401    401
listSessions two             401   401   401   401   401   401   401   401   401    ok     ok   401   401    401   401   401    401   401    401
endSession devA              401   401   401    ok     -     -     -     -     -   401    401   401   401    401   401   401    401   401    401
endSession linkA             401   401   401     -     -    ok     -    ok     -   401    401   401   401    401   401   401    401   401    401
endSession linkA2            401   401   401     -     -     -     -     -     -   401    401   401   401    401   401   401    401   401    401
endSession current           401   401   401    ok    ok    ok    ok    ok    ok   401    401   401   401    401   401   401    401   401    401
followTickets one            401   401   401    ok    ok    ok    ok    ok    ok   401    401   401   401    401   401   401    401   401    401
followTickets two            401   401   401   401   401   401   401   401   401    ok     ok   401   401    401   401   401    401   401    401

# uploads: for the holder of the secret alone
getUploadOffset A            404    ok   404   404   404   404   404   404   404   404    404   404   404    404   404   404    404   404    404
getUploadOffset B            404   404    ok   404   404   404   404   404   404   404    404   404   404    404   404   404    404   404    404
getUploadOffset A2           404   404   404   404   404   404   404   404   404   404    404   404   404    404   404   404    404   404    404
continueUpload A             404    ok   404   404   404   404   404   404   404   404    404   404   404    404   404   404    404   404    404
continueUpload B             404   404    ok   404   404   404   404   404   404   404    404   404   404    404   404   404    404   404    404
continueUpload A2            404   404   404   404   404   404   404   404   404   404    404   404   404    404   404   404    404   404    404
removeUpload A               404    ok   404   404   404   404   404   404   404   404    404   404   404    404   404   404    404   404    404
removeUpload B               404   404    ok   404   404   404   404   404   404   404    404   404   404    404   404   404    404   404    404
removeUpload A2              404   404   404   404   404   404   404   404   404   404    404   404   404    404   404   404    404   404    404

# the work of agents
listAgentTickets one         401   401   401   401   401   401   401   401   401   401    401     A     B      -   A+B     A      B     -    A+B
listAgentTickets two         401   401   401   401   401   401   401   401   401   401    401     -     -     A2    A2     -      -    A2     A2
listAgentTickets one:find    401   401   401   401   401   401   401   401   401   401    401     A     B      -   A+B     A      B     -    A+B
listAgentTickets one:billing 401   401   401   401   401   401   401   401   401   401    401     -     B      -     B     -      B     -      B
getAgentTicket A             401   401   401   401   401   401   401   401   401   401    401    ok   404    404    ok    ok    404   404     ok
getAgentTicket B             401   401   401   401   401   401   401   401   401   401    401   404    ok    404    ok   404     ok   404     ok
getAgentTicket A2            401   401   401   401   401   401   401   401   401   401    401   404   404     ok    ok   404    404    ok     ok
getAgentAttachment A         401   401   401   401   401   401   401   401   401   401    401    ok   404    404    ok    ok    404   404     ok
getAgentAttachment B         401   401   401   401   401   401   401   401   401   401    401   404    ok    404    ok   404     ok   404     ok
getAgentAttachment A2        401   401   401   401   401   401   401   401   401   401    401   404   404     ok    ok   404    404    ok     ok
getAgentAttachment A:note    401   401   401   401   401   401   401   401   401   401    401    ok   404    404    ok    ok    404   404     ok
getAgentAttachment A:B       401   401   401   401   401   401   401   401   401   401    401   404   404    404   404   404    404   404    404
getAgentAttachment A:upload  401   401   401   401   401   401   401   401   401   401    401   404   404    404   404   404    404   404    404
changeAgentTicket A          403   401   401   401   401   401   401   401   401   401    401    ok   404    404    ok    ok    404   404     ok
changeAgentTicket B          403   401   401   401   401   401   401   401   401   401    401   404    ok    404    ok   404     ok   404     ok
changeAgentTicket A2         403   401   401   401   401   401   401   401   401   401    401   404   404     ok    ok   404    404    ok     ok
answerTicket A               403   401   401   401   401   401   401   401   401   401    401    ok   404    404    ok    ok    404   404     ok
answerTicket B               403   401   401   401   401   401   401   401   401   401    401   404    ok    404    ok   404     ok   404     ok
answerTicket A2              403   401   401   401   401   401   401   401   401   401    401   404   404     ok    ok   404    404    ok     ok
redactMessage A              403   401   401   401   401   401   401   401   401   401    401    ok   404    404    ok    ok    404   404     ok
redactMessage B              403   401   401   401   401   401   401   401   401   401    401   404    ok    404    ok   404     ok   404     ok
redactMessage A2             403   401   401   401   401   401   401   401   401   401    401   404   404     ok    ok   404    404    ok     ok
redactMessage A:B            403   401   401   401   401   401   401   401   401   401    401   404   404    404   404   404    404   404    404
openTicket one               403   401   401   401   401   401   401   401   401   401    401    ok   422    422    ok    ok    422   422     ok
openTicket two               403   401   401   401   401   401   401   401   401   401    401   422   422     ok    ok   422    422    ok     ok

# accounts of agents
getAgent self                401   401   401   401   401   401   401   401   401   401    401    ok    ok     ok    ok    ok     ok    ok     ok
listAgentSessions self       401   401   401   401   401   401   401   401   401   401    401    ok    ok     ok    ok   401    401   401    401
endAgentSession agent        403   401   401   401   401   401   401   401   401   401    401    ok     -      -     -   401    401   401    401
endAgentSession current      403   401   401   401   401   401   401   401   401   401    401    ok    ok     ok    ok   401    401   401    401
beginPasskey self            403   401   401   401   401   401   401   401   401   401    401    ok    ok     ok    ok   401    401   401    401
addPasskey self              403   401   401   401   401   401   401   401   401   401    401   400   400    400   400   401    401   401    401
removePasskey agent          403   401   401   401   401   401   401   401   401   401    401    ok     -      -     -   401    401   401    401
listAgentKeys self           401   401   401   401   401   401   401   401   401   401    401    ok    ok     ok    ok   401    401   401    401
addAgentKey self             403   401   401   401   401   401   401   401   401   401    401    ok    ok     ok    ok   401    401   401    401
removeAgentKey agent         403   401   401   401   401   401   401   401   401   401    401    ok     -      -     -   401    401   401    401
signOutAgent self            403     -     -     -     -     -     -     -     -     -      -    ok    ok     ok    ok     -      -     -      -

# open to everybody: whatever they bring along makes no difference
getDesk one                   all ok
getDeskPage one               all ok
getChallenge one              all ok
createTicket one              all ok
openSession one:A             all ok
openSession one:wrong         all ok
openSession one:spent         all 410
openSession one:forged        all 422
requestSignInLink one:known   all ok
requestSignInLink one:unknown all ok
createUpload one              all ok
getUploadAbilities one        all ok
getUploadAbilitiesOfOne A     all ok
downloadAttachment A          all ok
downloadAttachment A:unsigned all 404
downloadAttachment A:B        all 404
downloadAttachment A:note     all 404
signInAgent wrong             all 401
askForPasskey self            all ok
signInWithPasskey wrong       all 401
readSetUpLink wrong           all 410
finishSetUp wrong             all 410
getEmbed -                    all ok
getEmbedPart -                all ok
getOpenApi -                  all ok
getDocs -                     all ok
getHealth -                   all ok
getReadiness -                all ok
`;
