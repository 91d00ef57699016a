/** What templates say to whoever fills them in, in Spanish: titles and hints of their settings, and their notes, by the English text. */
export const TEMPLATE_WORDS_ES: Readonly<Record<string, string>> = {
  "Tracking domain": "Dominio de seguimiento",
  "The host name only, as it stands in your postback address there.":
    "Solo el nombre del dominio, tal como aparece allí en su dirección de postback.",
  "et names a custom conversion: create conversions of these names in Voluum, or it counts as the standard one.":
    "et nombra una conversión personalizada: cree en Voluum conversiones con estos nombres o contará como la estándar.",
  "txid keeps several conversions of one click apart.": "txid distingue varias conversiones de un mismo clic.",
  "type must be one of the conversion types of your RedTrack account.":
    "type debe ser uno de los tipos de conversión de su cuenta de RedTrack.",
  "Tracker's domain or address": "Dominio o dirección del tracker",
  "Postback key": "Clave del postback",
  "The part of your postback address between the domain and /postback.":
    "La parte de su dirección de postback entre el dominio y /postback.",
  "tid keeps several conversions of one click apart; without it a second one changes the first.":
    "tid distingue varias conversiones de un mismo clic; sin él, la segunda cambia la primera.",
  Page: "Página",
  "click.php for Binom 1, click for Binom 2.": "click.php para Binom 1, click para Binom 2.",
  "BeMob's token is case-sensitive: {clickId} with a capital I.":
    "El token de BeMob distingue mayúsculas: {clickId} con I mayúscula.",
  "Network id (nid)": "Id de la red (nid)",
  "It stands in the postback address of your advertiser page.":
    "Aparece en la dirección de postback de su página de anunciante.",
  "Verification token": "Token de verificación",
  "Only if your network asks for one.": "Solo si su red lo pide.",
  "nid and transaction_id are required. Everflow records a repeated order_id by your own duplicate rule.":
    "nid y transaction_id son obligatorios. Everflow registra un order_id repetido según su propia regla de duplicados.",
  "Offer id": "Id de la oferta",
  "The id of this offer in your TUNE account.": "El id de esta oferta en su cuenta de TUNE.",
  "Security token": "Token de seguridad",
  "A network that asks for a security token records calls without it as rejected.":
    "Una red que pide un token de seguridad registra como rechazadas las llamadas que no lo llevan.",
  "Offer id (o)": "Id de la oferta (o)",
  "The id of this offer in your CAKE account.": "El id de esta oferta en su cuenta de CAKE.",
  "Event id (e)": "Id del evento (e)",
  "The id of the conversion event; empty for the standard one.":
    "El id del evento de conversión; vacío para el estándar.",
  "CAKE writes its tokens with hashes: #reqid#, #s1#.": "CAKE escribe sus tokens con almohadillas: #reqid#, #s1#.",
  "A reqid is per session, not per click: t keeps several conversions apart.":
    "Un reqid es de la sesión, no del clic: t distingue varias conversiones.",
  "CAKE's pages disagree on the address; this is the long-standing one (p.ashx).":
    "Las páginas de CAKE no coinciden en la dirección; esta es la de siempre (p.ashx).",
  Goal: "Objetivo",
  "The goal's value; empty for the default goal.": "El valor del objetivo; vacío para el objetivo por defecto.",
  "Secure code": "Código de seguridad",
  "status is a number there: 1 confirmed, 2 pending, 3 declined, 5 hold.":
    "allí status es un número: 1 confirmado, 2 pendiente, 3 rechazado, 5 retenido.",
  Token: "Token",
  "It stands in the postback address of your account: it is asked for always.":
    "Aparece en la dirección de postback de su cuenta: se pide siempre.",
  "Goal alias": "Alias del objetivo",
  "Empty for the default goal.": "Vacío para el objetivo por defecto.",
  "conv-addchange adds a conversion or changes the one that is there.":
    "conv-addchange añade una conversión o cambia la que ya existe.",
  "Host of the API": "Dominio de la API",
  CampaignId: "CampaignId",
  "The id of your program at impact.com.": "El id de su programa en impact.com.",
  EventTypeCode: "EventTypeCode",
  "The code of the event type that is reported.": "El código del tipo de evento que se comunica.",
  "Account SID": "Account SID",
  "From Settings, API.": "En Settings, API.",
  "Auth token": "Token de autenticación",
  "From Settings, API. Kept sealed.": "En Settings, API. Se guarda sellado.",
  "Parameter names are case-sensitive there.": "Allí los nombres de los parámetros distinguen mayúsculas.",
  "A conversion is taken back at impact.com by another call (PUT /Actions); this template tells new ones only.":
    "En impact.com una conversión se anula con otra llamada (PUT /Actions); esta plantilla comunica solo las nuevas.",
  "Paste the address from its instructions: its own macros are translated, and you see how.":
    "Pegue la dirección de sus instrucciones: sus macros se traducen y usted ve cómo.",
  "Leave it as it is, unless you send through a gateway of your own.":
    "Déjelo como está, salvo que envíe a través de una pasarela propia.",
  "Version of the API": "Versión de la API",
  "As in the address of the API.": "Como en la dirección de la API.",
  "Pixel or dataset id": "Id del píxel o del conjunto de datos",
  "From Events Manager.": "En el administrador de eventos.",
  "Test event code": "Código de evento de prueba",
  "Marks calls as tests in Events Manager; leave it empty for real ones.":
    "Marca las llamadas como pruebas en el administrador de eventos; déjelo vacío para las reales.",
  "Access token": "Token de acceso",
  "From Events Manager, Conversions API.": "En el administrador de eventos, API de conversiones.",
  "Written to the platform's published contract and not run against the platform itself: try it with its test tool first.":
    "Escrito según el contrato publicado de la plataforma y no ejecutado contra ella: pruébelo antes con su herramienta de pruebas.",
  "An e-mail address is sent only if the event carries one, and only as SHA-256 of its normal form.":
    "Una dirección de correo se envía solo si el evento la lleva, y solo como SHA-256 de su forma normal.",
  "The click's address and user agent are sent as they came, as the contract asks; fbc is made of fbclid and the time of the click.":
    "La dirección y el agente de usuario del clic se envían como llegaron, como pide el contrato; fbc se forma con fbclid y la hora del clic.",
  "Customer id": "Id de cliente",
  "Without dashes.": "Sin guiones.",
  "Manager's customer id": "Id de cliente del administrador",
  "Only if a manager account calls.": "Solo si llama una cuenta de administrador.",
  "Conversion action id": "Id de la acción de conversión",
  "The number of the action that is uploaded to.": "El número de la acción a la que se sube.",
  "Address of the token server": "Dirección del servidor de tokens",
  "Only if you go through a gateway of your own.": "Solo si pasa por una pasarela propia.",
  "Developer token": "Token de desarrollador",
  "From the API Center.": "En el centro de API.",
  "OAuth client id": "Id de cliente de OAuth",
  "Of your Google Cloud project.": "De su proyecto de Google Cloud.",
  "OAuth client secret": "Secreto de cliente de OAuth",
  "OAuth refresh token": "Token de actualización de OAuth",
  "Of the account that may upload.": "De la cuenta que puede subir datos.",
  "Without a gclid a conversion is uploaded by its hashed e-mail (enhanced conversions for leads); with neither it is not sent.":
    "Sin gclid, una conversión se sube por su correo cifrado (conversiones mejoradas de clientes potenciales); sin ninguno de los dos no se envía.",
  "Pixel code": "Código del píxel",
  "Marks calls as tests; leave it empty for real ones.":
    "Marca las llamadas como pruebas; déjelo vacío para las reales.",
  "UET tag id": "Id de la etiqueta UET",
  "From Conversion tracking.": "En el seguimiento de conversiones.",
  "Of the UET tag.": "De la etiqueta UET.",
};
